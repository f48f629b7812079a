using Npgsql;

namespace LeftBehind.EndToEndTests.Leaks;

/// <summary>Every place to which an installation writes.</summary>
internal static class Places
{
    /// <summary>All files below the installation's folder: logs, the broker's messages, the database's files and its write-ahead log.</summary>
    public static IEnumerable<(string Name, byte[] Bytes)> Files(string folder)
    {
        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            byte[] bytes;
            try
            {
                if (new FileInfo(path) is not { Length: > 0, UnixFileMode: not UnixFileMode.None } file || file.LinkTarget is not null)
                    continue;
                using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
                bytes = new byte[stream.Length];
                stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            }
            catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
            {
                continue; // a running server removed it meanwhile
            }
            yield return (Path.GetRelativePath(folder, path), bytes);
        }
    }

    /// <summary>Every table of every database as text, decompressed, which the files may hold it compressed.</summary>
    public static async IAsyncEnumerable<(string Name, string Text)> TablesAsync(string server)
    {
        foreach (var database in await ListAsync(server, "select datname from pg_database where not datistemplate"))
        {
            var connectionString = new NpgsqlConnectionStringBuilder(server) { Database = database, Pooling = false }.ConnectionString;
            var tables = await ListAsync(connectionString, """
                select format('%I.%I', schemaname, tablename) from pg_tables where schemaname not in ('pg_catalog', 'information_schema')
                """);
            await using var connection = new NpgsqlConnection(connectionString);
            await connection.OpenAsync();
            foreach (var table in tables)
            {
                using var copy = await connection.BeginTextExportAsync($"copy (select * from {table}) to stdout");
                yield return ($"{database}: {table}", await copy.ReadToEndAsync());
            }
        }
    }

    private static async Task<List<string>> ListAsync(string connectionString, string question)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(question, connection);
        await using var reader = await command.ExecuteReaderAsync();
        var answers = new List<string>();
        while (await reader.ReadAsync())
            answers.Add(reader.GetString(0));
        return answers;
    }
}
