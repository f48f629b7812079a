using LeftBehind.Platform.Divisions;

namespace LeftBehind.Platform.Figures;

/// <summary>
/// The read model: the cube of counters, the facts of each subject with the measures it counts in, the day counted on.
/// Written by one fold only, in the transaction that moves its progress.
/// </summary>
public static class FigureTables
{
    /// <summary>What one fold writes, and a rebuild writes beside it.</summary>
    public static readonly IReadOnlyList<string> Names = ["division_figure", "subject_facts", "counting_day", "counted_tree"];

    /// <summary>All of them, for a statement.</summary>
    public static string All(string schema) => string.Join(", ", Names.Select(name => $"{schema}.{name}"));

    public static string Ddl(string schema) => $"""
        {CountedTree.Ddl(schema)}
        {Reassignments.Ddl(schema)}
        create table if not exists {schema}.division_figure (
            division bigint not null, measure smallint not null, n bigint not null, primary key (division, measure)) with (fillfactor = 70);
        create table if not exists {schema}.subject_facts (
            subject uuid primary key, kind smallint not null, village bigint, turns_on date, facts jsonb not null, measures smallint[] not null)
            with (fillfactor = 85);
        create index if not exists subject_facts_village on {schema}.subject_facts (village, subject);
        create index if not exists subject_facts_turns_on on {schema}.subject_facts (turns_on) where turns_on is not null;
        create table if not exists {schema}.counting_day (single boolean primary key default true check (single), day date not null, generation int not null default 0);
        alter table {schema}.counting_day add column if not exists generation int not null default 0;
        create table if not exists {schema}.measure (id smallint primary key, name text not null unique);
        insert into {schema}.measure (id, name) select ord - 1, name
            from unnest(array[{string.Join(", ", Measures.All.Select(m => $"'{m}'"))}]) with ordinality as m(name, ord) on conflict do nothing;
        """;
}
