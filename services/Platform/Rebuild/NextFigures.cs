using System.Runtime.InteropServices;
using System.Text.Json;
using LeftBehind.Contracts;
using LeftBehind.Divisions;
using LeftBehind.EventLog;
using LeftBehind.Platform.Figures;
using Npgsql;
using NpgsqlTypes;

namespace LeftBehind.Platform.Rebuild;

/// <summary>A read model that is built beside the live one, in a schema of its own, until it takes its place or has a name.</summary>
internal sealed class NextFigures(NpgsqlDataSource database, DivisionTree tree, string schema) : IAsyncDisposable
{
    /// <summary>Where the one is built that is to take the live one's place.</summary>
    public const string Schema = PlatformModule.Schema + "_next";

    private readonly SemaphoreSlim writing = new(1);
    private readonly Dictionary<(int Division, short Measure), long> counters = [];
    private NpgsqlConnection? connection;
    private NpgsqlBinaryImporter? subjects;

    /// <summary>How many subjects it has.</summary>
    public long Subjects { get; private set; }

    /// <summary>Begins with nothing, whatever a rebuild before has left.</summary>
    public async Task BeginAsync(CancellationToken ct)
    {
        connection = await database.OpenConnectionAsync(ct);
        await using (var create = new NpgsqlCommand($"drop schema if exists {schema} cascade; create schema {schema}; {FigureTables.Ddl(schema)} {UnsearchedColumns.Ddl(schema)}", connection))
            await create.ExecuteNonQueryAsync(ct);
        subjects = await connection.BeginBinaryImportAsync($"copy {schema}.subject_facts (subject, kind, village, turns_on, facts, measures) from stdin (format binary)", ct);
    }

    /// <summary>Adds subjects and what they count; by several at a time.</summary>
    public async Task AddAsync(List<FoldedSubject> folded, CancellationToken ct)
    {
        var facts = folded.ConvertAll(s => JsonSerializer.Serialize(s.Facts, EventTypes.Json));
        await writing.WaitAsync(ct);
        try
        {
            for (var i = 0; i < folded.Count; i++)
                await WriteAsync(folded[i], facts[i], ct);
            Subjects += folded.Count;
        }
        finally
        {
            writing.Release();
        }
    }

    /// <summary>Writes the counters and the day they are counted on.</summary>
    public async Task EndAsync(DateOnly day, CancellationToken ct)
    {
        await subjects!.CompleteAsync(ct);
        await subjects.DisposeAsync();
        await using (var figures = await connection!.BeginBinaryImportAsync($"copy {schema}.division_figure (division, measure, n) from stdin (format binary)", ct))
        {
            foreach (var ((division, measure), n) in counters.OrderBy(c => tree.IdAt(c.Key.Division).Value).ThenBy(c => c.Key.Measure))
                await figures.WriteRowAsync(ct, tree.IdAt(division).Value, measure, n);
            await figures.CompleteAsync(ct);
        }
        await using (var command = new NpgsqlCommand($"insert into {schema}.counting_day (day) values ($1)", connection))
        {
            command.Parameters.Add(new() { Value = day });
            await command.ExecuteNonQueryAsync(ct);
        }
        if (tree.History.Changes > 0)
            await using (var command = new NpgsqlCommand($"insert into {schema}.counted_tree (changes) values ($1)", connection))
            {
                command.Parameters.Add(new() { Value = (long)tree.History.Changes });
                await command.ExecuteNonQueryAsync(ct);
            }
        await using (var analyze = new NpgsqlCommand($"analyze {FigureTables.All(schema)}", connection))
            await analyze.ExecuteNonQueryAsync(ct);
        await connection.DisposeAsync();
    }

    /// <summary>Takes it away, if it is still there.</summary>
    public async ValueTask DisposeAsync()
    {
        writing.Dispose();
        if (subjects is not null)
            await subjects.DisposeAsync();
        if (connection is not null)
            await connection.DisposeAsync();
        await using var command = database.CreateCommand($"drop schema if exists {schema} cascade");
        await command.ExecuteNonQueryAsync(CancellationToken.None);
    }

    private async Task WriteAsync(FoldedSubject subject, string facts, CancellationToken ct)
    {
        await subjects!.StartRowAsync(ct);
        await subjects.WriteAsync(subject.Id, ct);
        await subjects.WriteAsync((short)subject.Facts.Kind, ct);
        if (subject.Village is { } village)
            await subjects.WriteAsync(village.Value, ct);
        else
            await subjects.WriteNullAsync(ct);
        if (subject.TurnsOn is { } turns)
            await subjects.WriteAsync(turns, ct);
        else
            await subjects.WriteNullAsync(ct);
        await subjects.WriteAsync(facts, NpgsqlDbType.Jsonb, ct);
        await subjects.WriteAsync(subject.Measures, ct);
        if (subject.Village is { } counted)
            for (var division = tree.IndexOf(counted); division >= 0; division = tree.ParentIndex(division))
                foreach (var measure in subject.Measures)
                    CollectionsMarshal.GetValueRefOrAddDefault(counters, (division, measure), out _)++;
    }
}
