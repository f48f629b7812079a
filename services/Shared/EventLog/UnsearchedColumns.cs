namespace LeftBehind.EventLog;

/// <summary>
/// Documents and bytes that no index holds, so that no statement searches them: the planner needs no statistics of them. Of a log that fills, gathering them
/// was two thirds of what PostgreSQL's own upkeep cost (docs/adr/0050).
/// </summary>
public static class UnsearchedColumns
{
    /// <summary>Idempotent DDL, after that of a schema's tables.</summary>
    public static string Ddl(string schema) => $"""
        do $$
        declare found record;
        begin
            for found in
                select c.oid::regclass as tab, a.attname as col from pg_attribute a join pg_class c on c.oid = a.attrelid
                where c.relnamespace = '{schema}'::regnamespace and c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped
                    and a.atttypid in ('jsonb'::regtype, 'bytea'::regtype) and a.attstattarget is distinct from 0
                    and not exists (select 1 from pg_index i where i.indrelid = c.oid and a.attnum = any(i.indkey))
            loop
                execute format('alter table %s alter column %I set statistics 0', found.tab, found.col);
            end loop;
        end $$;
        """;
}
