using Google.Protobuf;
using LeftBehind.Calls;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Reporting;
using LeftBehind.Divisions;
using LeftBehind.Sealing;
using V1 = LeftBehind.Protos.Reporting.V1;

namespace LeftBehind.Reporting.Reports;

/// <summary>Reads a request to report harm; its texts are sealed afterwards.</summary>
internal static class ReadHarm
{
    public static ReportHarm Of(V1.ReportHarmRequest request, string caller, DivisionTree tree, KeyedDigest digests, DateTimeOffset now)
    {
        Texts.Prose(request.Description, "description", 0, 4000);
        Texts.Line(request.ReporterName, "reporter_name", 0, 100);
        Texts.Line(request.ReporterPhone, "reporter_phone", 0, 30);
        if (request.Anonymous && request.ReporterName.Trim().Length + request.ReporterPhone.Trim().Length > 0)
            throw Requests.Invalid("anonymous: with the reporter's name or phone");
        var organisation = Texts.Readable(request.ConcernedOrganisation, "concerned_organisation", 0, 200);
        var concerned = new Concerned(organisation.Length > 0 ? organisation : null, Texts.Account(request.ConcernedAccount, "concerned_account"));
        var category = request.Category is V1.ReportedCategory.Unspecified ? (ReportedCategory?)null : Requests.Word<ReportedCategory>(request.Category, "category");
        return new(
            Requests.OptionalId(request.ChildId, "child_id"), Requests.Place(tree, request.DivisionCode, now, DivisionLevel.Village, DivisionLevel.Town),
            SituationOf(request.Situation, category), request.ImmediateDanger, ReporterOf(request.ReporterKind),
            // Of an anonymous report the account that typed it is not kept either.
            request.Anonymous ? "" : caller,
            Requests.Time(request.DiscoveredAt, "discovered_at"), Guid.Empty, Description: null!, ReporterIdentity: null!,
            concerned is (null, null) ? null : concerned, Convert.ToBase64String(digests.Of(request.ToByteArray())))
        {
            Category = category,
            Anonymous = request.Anonymous,
            ReportedAt = OptionalTime(request.ReportedAt, "reported_at"),
            PoliceToldAt = OptionalTime(request.PoliceNotifiedAt, "police_notified_at"),
        };
    }

    /// <summary>As reported; where only a category is named, the situation that it is mapped to.</summary>
    private static Situation SituationOf(V1.Situation situation, ReportedCategory? category) =>
        situation is V1.Situation.Unspecified && category is { } named ? Categories.SituationOf(named) : Requests.Word<Situation>(situation, "situation");

    /// <summary>What a rule of the platform finds, it reports itself.</summary>
    private static ReporterKind ReporterOf(V1.ReporterKind kind) =>
        Requests.Word<ReporterKind>(kind, "reporter_kind") is var who && who is ReporterKind.PlatformRule
            ? throw Requests.Invalid("reporter_kind: nobody reports in the platform's name")
            : who;

    private static DateTimeOffset? OptionalTime(string text, string field) => text.Length == 0 ? null : Requests.Time(text, field);
}
