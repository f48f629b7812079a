using System.IO.Compression;
using System.Text;
using Google.Protobuf;
using Grpc.Core;
using LeftBehind.Protos.Education.V1;
using LeftBehind.Protos.Intake.V1;
using LeftBehind.TestKit;

namespace LeftBehind.EducationAttendance.IntegrationTests;

/// <summary>A roster as OneRoster 1.1 has it, of two schools, with what partners get wrong in it.</summary>
public sealed class OneRosterTests(EducationServers servers)
{
    private const string Source = "oneroster-sis";
    private readonly SetClock clock = new(new DateTimeOffset(2026, 3, 4, 9, 0, 0, TimeSpan.FromHours(8)));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static Dictionary<string, byte[]> Sample() =>
        Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Samples", "oneroster")).ToDictionary(f => Path.GetFileName(f), File.ReadAllBytes);

    [Fact]
    public async Task Each_line_has_its_verdict_by_file_row_and_column_and_the_same_upload_again_changes_nothing()
    {
        await using var education = await servers.StartAsync(clock);
        var upload = Zip(Sample());
        var first = await UploadAsync(education, upload);
        Assert.Equal([
            "users.csv 2 Applied ", "users.csv 3 Applied ", "users.csv 5 Rejected enrollments.classSourcedId", "users.csv 6 Rejected orgSourcedIds", "users.csv 7 Rejected givenName",
            "users.csv 8 Rejected sourcedId", "users.csv 9 Rejected sourcedId", "users.csv 10 Rejected dateLastModified", "users.csv 11 Rejected metadata.leftReason",
            "users.csv 12 Rejected orgs.metadata.divisionCode", "users.csv 13 Rejected identifier", "enrollments.csv 8 Rejected userSourcedId",
        ], Verdicts(first));
        Assert.Equal((true, 1), (first[^1].Complete, first[^1].Others));

        var again = await UploadAsync(education, upload);
        Assert.Equal(Verdicts(first), Verdicts(again));
        Assert.All(again.SelectMany(a => a.Rows), r => Assert.True(r.Verdict.Repeated));
        // Nothing is lost: what was refused stands in the ledger as well.
        var day = Assert.Single((await education.Client.CountReceiptsAsync(new() { Source = Source }, Partner(education))).Days);
        Assert.Equal((12, 2, 10), (day.Received, day.Applied, day.Rejected));
        Assert.Equal(["3-1 3 S1", "七年级一班 7 S2"], await education.ColumnAsync(
            "select c.class_no || ' ' || c.grade || ' ' || c.school_no from education.class_pupil p join education.roll_class c on c.id = p.class order by c.school_no"));
    }

    [Fact]
    public async Task A_pupil_that_changes_class_is_corrected_by_a_later_line_and_an_older_upload_does_not_bring_the_class_back()
    {
        await using var education = await servers.StartAsync(clock);
        var before = Only("user-1");
        var after = Only("user-1");
        after["enrollments.csv"] = Text(after["enrollments.csv"]).Replace("2026-02-22T08:00:00.000Z,class-31", "2026-03-01T08:00:00.000Z,class-32").AsUtf8();
        Assert.Equal(["users.csv 2 Applied "], Verdicts(await UploadAsync(education, Zip(after))));
        Assert.Equal(["users.csv 2 Superseded "], Verdicts(await UploadAsync(education, Zip(before))));
    }

    [Fact]
    public async Task A_bulk_file_counts_from_when_it_was_written_with_or_without_a_byte_order_mark_and_a_deleted_pupil_leaves_by_its_reason()
    {
        await using var education = await servers.StartAsync(clock);
        var bulk = Only("user-1").ToDictionary(f => f.Key, f => Encoding.UTF8.GetPreamble().Concat(
            Text(f.Value).Replace(",delta", ",bulk").Replace(",active,2026-02-20T00:00:00.000Z", ",,").Replace(",active,2026-02-21T08:00:00.000Z", ",,").Replace(",active,2026-02-22T08:00:00.000Z", ",,").AsUtf8()).ToArray());
        Assert.Equal(["users.csv 2 Rejected dateLastModified"], Verdicts(await UploadAsync(education, Zip(bulk))));
        Assert.Equal(["users.csv 2 Applied "], Verdicts(await UploadAsync(education, Zip(bulk), "2026-03-01T08:00:00Z")));
        Assert.Equal(["users.csv 2 Unchanged "], Verdicts(await UploadAsync(education, Zip(bulk), "2026-03-02T08:00:00Z")));

        var gone = Only("user-1");
        gone["users.csv"] = Text(gone["users.csv"]).Replace("user-1,active,2026-02-21", "user-1,tobedeleted,2026-03-03").Replace(",03,,,", ",03,,,duplicate").AsUtf8();
        Assert.Equal(["users.csv 2 Applied "], Verdicts(await UploadAsync(education, Zip(gone))));
    }

    [Fact]
    public async Task An_upload_that_cannot_be_read_is_refused_whole_with_the_file_and_column_at_fault()
    {
        await using var education = await servers.StartAsync(clock);
        async Task<string> FaultOf(byte[] zip) => Assert.Single((await UploadAsync(education, zip)).Single().Faults) is var f ? $"{f.File}|{f.Field}|{f.Reason}" : "";
        async Task<string> Changed(string file, Func<string, string> change)
        {
            var files = Sample();
            files[file] = change(Text(files[file])).AsUtf8();
            return await FaultOf(Zip(files));
        }

        Assert.StartsWith("||not a ZIP", await FaultOf("PK no"u8.ToArray()), StringComparison.Ordinal);
        Assert.Equal("manifest.csv||not in the ZIP", await FaultOf(Zip(Sample().Where(f => f.Key != "manifest.csv"))));
        Assert.Equal("users.csv||named by the manifest, and not in the ZIP", await FaultOf(Zip(Sample().Where(f => f.Key != "users.csv"))));
        Assert.Equal("manifest.csv|file.users|must be bulk or delta", await Changed("manifest.csv", t => t.Replace("file.users,delta", "file.users,absent")));
        Assert.Equal("manifest.csv|oneroster.version|must be 1.1", await Changed("manifest.csv", t => t.Replace("oneroster.version,1.1", "oneroster.version,1.2")));
        Assert.Equal("users.csv|identifier|not in the header", await Changed("users.csv", t => t.Replace(",identifier,", ",number,")));
        Assert.StartsWith("users.csv||not CSV", await Changed("users.csv", t => t + "\"open"), StringComparison.Ordinal);
        // A hundred and fifty megabytes of blanks are a few hundred kilobytes when packed.
        Assert.Equal("users.csv||more than 128 MB when unpacked", await FaultOf(Zip(Sample().Where(f => f.Key != "users.csv").Append(new("users.csv", new byte[150 * 1024 * 1024])))));
        Assert.Empty(await education.ColumnAsync("select event_id from education.inbox"));
        Assert.Equal(StatusCode.InvalidArgument, (await Assert.ThrowsAsync<RpcException>(() => UploadAsync(education, Zip(Sample()), "yesterday"))).StatusCode);
    }

    /// <summary>The sample with one user, and what speaks of it.</summary>
    private static Dictionary<string, byte[]> Only(string user) => Sample().ToDictionary(f => f.Key, f => f.Key is "users.csv" or "enrollments.csv" or "demographics.csv"
        ? string.Concat(Text(f.Value).Split('\n').Where((line, i) => i == 0 || line.Split(',').Contains(user)).Select(line => line + "\n")).AsUtf8() : f.Value);

    private static string Text(byte[] content) => Encoding.UTF8.GetString(content);

    private static byte[] Zip(IEnumerable<KeyValuePair<string, byte[]>> files)
    {
        using var packed = new MemoryStream();
        using (var archive = new ZipArchive(packed, ZipArchiveMode.Create))
            foreach (var (name, content) in files)
            {
                using var entry = archive.CreateEntry(name).Open();
                entry.Write(content);
            }
        return packed.ToArray();
    }

    private static CallOptions Partner(RunningEducation education) => education.As(Source, Places.County);

    private static async Task<List<OneRosterAnswer>> UploadAsync(RunningEducation education, byte[] zip, string exportedAt = "")
    {
        using var call = education.Imports.ImportOneRoster(Partner(education));
        foreach (var part in zip.Chunk(1000))
            await call.RequestStream.WriteAsync(new() { ExportedAt = exportedAt, Content = ByteString.CopyFrom(part) }, Ct);
        await call.RequestStream.CompleteAsync();
        var answers = new List<OneRosterAnswer>();
        while (await call.ResponseStream.MoveNext(Ct))
            answers.Add(call.ResponseStream.Current);
        return answers;
    }

    private static IEnumerable<string> Verdicts(List<OneRosterAnswer> answers) => answers.SelectMany(a => a.Rows).Select(r => $"{r.File} {r.Row} {r.Verdict.Verdict} {r.Field}");
}

internal static class Utf8Text
{
    public static byte[] AsUtf8(this string text) => Encoding.UTF8.GetBytes(text);
}
