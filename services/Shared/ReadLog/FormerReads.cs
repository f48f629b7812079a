namespace LeftBehind.ReadLog;

/// <summary>
/// A table of reads as a service kept it for itself before there was one of all. Its rows are moved over at migration, and it is dropped by the
/// migration that finds it empty: a replica of the release before goes on writing to it until then. Where the subjects lived was not kept; the
/// division of the reader, who saw nothing outside it, stands for it.
/// </summary>
/// <param name="Table">Its name.</param>
/// <param name="Subjects">SQL over its columns: the ids of whom a read was about.</param>
/// <param name="What">SQL over its columns: what was opened.</param>
public sealed record FormerReads(string Table, string Subjects, string What = "'earlier'")
{
    private const string ReaderDivision = """
        (rpad(split_part(division, '@', 1), 12, '0')::bigint * 100000 + split_part(division, '@', 2)::bigint * 10
            + case length(split_part(division, '@', 1)) when 2 then 1 when 4 then 2 when 6 then 3 when 9 then 4 else 5 end)
        """;

    internal string Ddl(string schema) => $"""
        do $move$ begin
            if to_regclass('{schema}.{Table}') is not null then
                lock table {schema}.{Table} in access exclusive mode;
                with moved as (delete from {schema}.{Table} returning *)
                insert into {schema}.personal_read (at, reader, department, role, reader_division, purpose, what, place, subjects)
                select at, caller, department, role, {ReaderDivision}, purpose, {What}, {ReaderDivision}, {Subjects} from moved;
                if not found then
                    drop table {schema}.{Table};
                end if;
            end if;
        end $move$;
        """;
}
