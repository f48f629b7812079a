using LeftBehind.Contracts;
using LeftBehind.Platform.Divisions;
using Npgsql;

namespace LeftBehind.Platform.Figures;

/// <summary>Which read model figures are read from.</summary>
/// <param name="Schema">Where it lies.</param>
/// <param name="Sequence">Where it stands in the log, as a part of a query.</param>
internal sealed record ReadModel(string Schema, string Sequence)
{
    /// <summary>The one that follows the log.</summary>
    public static readonly ReadModel Live = new(PlatformModule.Schema,
        $"coalesce((select last_seq_id from {PlatformModule.Schema}.mt_event_progression where name = '{FiguresProjection.ProgressName}:All'), 0)");
}

/// <summary>Figures of some divisions as the cube holds them, the day they are counted on, where the fold stands, and after how many changes of the tree.</summary>
internal sealed record FigureReads(Dictionary<DivisionId, long[]> Figures, DateOnly Day, long Sequence, long Changes)
{
    /// <summary>
    /// Reads figures in one round trip. When most measures are asked for, all are read and the others left out here: the database would look each row up in
    /// a long list, from its beginning.
    /// </summary>
    public static async Task<FigureReads> ReadAsync(NpgsqlConnection connection, List<DivisionId> divisions, short[] measures, CancellationToken ct, ReadModel? of = null)
    {
        var model = of ?? ReadModel.Live;
        var few = measures.Length < Measures.All.Count / 2;
        var asked = new bool[Measures.All.Count];
        foreach (var measure in measures)
            asked[measure] = true;
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new($"select division, array_agg(measure), array_agg(n), {CountedTree.ChangesIn(model.Schema)} from {model.Schema}.division_figure where division = any($1) and n <> 0{(few ? " and measure = any($2)" : "")} group by division")
                {
                    Parameters = { new() { Value = divisions.ConvertAll(d => d.Value).ToArray() } },
                },
                new($"select (select day from {model.Schema}.counting_day), {model.Sequence}, {CountedTree.ChangesIn(model.Schema)}"),
            },
        };
        if (few)
            batch.BatchCommands[0].Parameters.Add(new() { Value = measures });
        var figures = new Dictionary<DivisionId, long[]>();
        long? changes = null;
        await using var reader = await batch.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            changes = reader.GetInt64(3);
            var (counted, n) = (reader.GetFieldValue<short[]>(1), reader.GetFieldValue<long[]>(2));
            if (!counted.Any(measure => asked[measure]))
                continue;
            var cells = figures[new(reader.GetInt64(0))] = Measures.NoFigures();
            for (var i = 0; i < counted.Length; i++)
                if (asked[counted[i]])
                    cells[counted[i]] = n[i];
        }
        await reader.NextResultAsync(ct);
        await reader.ReadAsync(ct);
        return new(figures, reader.IsDBNull(0) ? DateOnly.MinValue : reader.GetFieldValue<DateOnly>(0), reader.GetInt64(1), changes ?? reader.GetInt64(2));
    }
}
