namespace LeftBehind.Servers.Installations;

/// <summary>The clone this program was built in: everything local is derived from its folder, so two clones never meet.</summary>
public static class Repository
{
    /// <summary>Root folder of the clone.</summary>
    public static string Root { get; } = Find(AppContext.BaseDirectory) ?? Find(Environment.CurrentDirectory)
        ?? throw new InvalidOperationException("Neither the program nor the current folder lies in a clone of LeftBehind.");

    private static string? Find(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "LeftBehind.sln")))
                return folder.FullName;
        }

        return null;
    }
}
