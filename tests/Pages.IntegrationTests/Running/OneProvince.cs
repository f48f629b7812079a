using System.IO.Compression;
using System.Text;
using LeftBehind.Divisions;

namespace LeftBehind.Pages.IntegrationTests.Running;

/// <summary>The smallest tree that callers can stand in.</summary>
internal static class OneProvince
{
    public const string Code = "43";

    public static DivisionTree Tree()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(Encoding.UTF8.GetBytes("# edition=2023-06-30 counts=1/1/1/1/1 name-bytes=5\n43,n,\n4310,n,\n431003,n,\n431003101,n,\n431003101201,n,\n"));
        packed.Position = 0;
        return DivisionTree.Load(packed);
    }
}
