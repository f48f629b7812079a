using System.IO.Compression;
using System.Text;
using Xunit;

namespace LeftBehind.Divisions.Tests;

public sealed class DivisionFileTests
{
    private const string Header = "# edition=2023-06-30 counts=1/1/0/0/0 name-bytes=18\n";

    [Fact]
    public void Loading_twice_gives_the_same_tree()
    {
        var again = DivisionTree.Load(Shipped.DivisionsFile);
        Assert.Equal(Shipped.Tree.Count, again.Count);
        for (var index = 0; index < again.Count; index++)
        {
            Assert.Equal(Shipped.Tree.IdAt(index), again.IdAt(index));
            Assert.Equal(Shipped.Tree.ParentIndex(index), again.ParentIndex(index));
            Assert.Equal(Shipped.Tree.SubtreeEnd(index), again.SubtreeEnd(index));
            Assert.Equal(Shipped.Tree.At(index), again.At(index));
        }
    }

    [Fact]
    public void A_whole_file_is_read()
    {
        var tree = Load(Header + "# code,name,flags\n43,湖南省,\n4310,郴州市,");
        Assert.Equal(["湖南省", "郴州市"], [tree.At(0).Name, tree.At(1).Name]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("43,湖南省,\n")]
    [InlineData(Header + "43,湖南省,\n")]
    [InlineData(Header + "43,湖南省,\n4310,郴州,\n")]
    [InlineData(Header + "43,湖南省,\n4310,郴州市,\n4311,永州市,\n")]
    [InlineData(Header + "43,湖南省,\n43,湖南省,\n")]
    [InlineData(Header + "43,湖南省,\n431,郴州市,\n")]
    [InlineData(Header + "43,湖南省,\n4310,郴州市\n")]
    [InlineData(Header + "4310,郴州市,\n43,湖南省,\n")]
    [InlineData(Header + "-3,湖南省,\n4310,郴州市,\n")]
    public void A_file_that_is_not_whole_is_refused(string text) => Assert.Throws<InvalidDataException>(() => Load(text));

    [Fact]
    public void A_division_that_stands_twice_is_refused() => Assert.Throws<InvalidDataException>(
        () => Load("# edition=2023-06-30 counts=2/0/0/0/0 name-bytes=18\n43,湖南省,\n43,湖南省,\n"));

    [Fact]
    public void A_file_cut_short_is_refused()
    {
        var whole = File.ReadAllBytes(Shipped.DivisionsFile);
        Assert.ThrowsAny<Exception>(() => DivisionTree.Load(new MemoryStream(whole, 0, whole.Length / 2)));
    }

    private static DivisionTree Load(string text)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(Encoding.UTF8.GetBytes(text));
        packed.Position = 0;
        return DivisionTree.Load(packed);
    }
}
