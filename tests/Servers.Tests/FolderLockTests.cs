using LeftBehind.Servers.Processes;
using LeftBehind.TestKit;
using Xunit;

namespace LeftBehind.Servers.Tests;

public sealed class FolderLockTests : IDisposable
{
    private readonly TestFolder folder = TestFolder.Create();

    [Fact]
    public void A_folder_that_somebody_works_in_is_not_emptied()
    {
        Directory.CreateDirectory(folder.Of("data"));
        File.WriteAllText(folder.Of("data/file"), "kept");
        using (FolderLock.Take(folder.Path))
            Assert.Throws<InvalidOperationException>(() => FolderLock.TakeEmpty(folder.Path));
        Assert.Equal("kept", File.ReadAllText(folder.Of("data/file")));

        using (FolderLock.TakeEmpty(folder.Path))
        {
            Assert.False(Directory.Exists(folder.Of("data")));
            Assert.Throws<InvalidOperationException>(() => FolderLock.Take(folder.Path));
        }

        FolderLock.Take(folder.Path).Dispose();
    }

    public void Dispose() => folder.Dispose();
}
