namespace LeftBehind.Platform.Figures;

/// <summary>
/// The read model: the cube of counters, the facts of each subject with the measures it counts in, the day counted on.
/// Written by one fold only, in the transaction that moves its progress.
/// </summary>
public static class FigureTables
{
    public static string Ddl(string schema) => $"""
        create table if not exists {schema}.division_figure (
            division bigint not null, measure smallint not null, n bigint not null, primary key (division, measure)) with (fillfactor = 70);
        create table if not exists {schema}.subject_facts (
            subject uuid primary key, kind smallint not null, village bigint, turns_on date, facts jsonb not null, measures smallint[] not null)
            with (fillfactor = 85);
        create index if not exists subject_facts_village on {schema}.subject_facts (village, subject);
        create index if not exists subject_facts_turns_on on {schema}.subject_facts (turns_on) where turns_on is not null;
        create table if not exists {schema}.counting_day (single boolean primary key default true check (single), day date not null);
        create table if not exists {schema}.measure (id smallint primary key, name text not null unique);
        insert into {schema}.measure (id, name) values {string.Join(", ", Measures.Named.Select(m => $"({Measures.Find(m)}, '{m}')"))} on conflict do nothing;
        """;
}
