using LeftBehind.Servers.Processes;
using LeftBehind.TestKit;
using Xunit;

namespace LeftBehind.Servers.Tests;

public sealed class WorkFolderTests : IDisposable
{
    private readonly TestFolder folder = TestFolder.Create();

    [Fact]
    public void A_secret_that_many_make_at_once_is_one_secret()
    {
        for (var round = 0; round < 50; round++)
        {
            var path = folder.Of($"secret-{round}");
            using var start = new Barrier(4);
            var answers = new string[4];
            Parallel.For(0, 4, new() { MaxDegreeOfParallelism = 4 }, i =>
            {
                start.SignalAndWait();
                answers[i] = WorkFolder.KeepSecret(path, () => Guid.NewGuid().ToString());
            });
            Assert.Single(answers.Distinct());
            Assert.Equal(File.ReadAllText(path), answers[0]);
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        }

        Assert.Equal(50, Directory.GetFiles(folder.Path).Length);
    }

    [Fact]
    public void A_secret_that_is_written_again_is_read_whole()
    {
        var path = folder.Of("token");
        WorkFolder.WriteSecret(path, "first");
        WorkFolder.WriteSecret(path, "second");
        Assert.Equal("second", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(folder.Path));
    }

    public void Dispose() => folder.Dispose();
}
