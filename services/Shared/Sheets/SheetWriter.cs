namespace LeftBehind.Sheets;

/// <summary>Writes a file row by row; what was written so far is taken away piece by piece, so that no file is ever whole in memory.</summary>
public abstract class SheetWriter : IDisposable
{
    /// <summary>The next row. Whatever a cell holds, it is text and nothing is calculated.</summary>
    public abstract void Row(IReadOnlyList<string> cells);

    /// <summary>Ends the file.</summary>
    public abstract void End();

    /// <summary>The bytes since the last time.</summary>
    public abstract byte[] Take();

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Lets go of what the file is made with.</summary>
    protected abstract void Dispose(bool disposing);

    internal static byte[] TakeFrom(MemoryStream written)
    {
        var bytes = written.ToArray();
        written.SetLength(0);
        return bytes;
    }
}
