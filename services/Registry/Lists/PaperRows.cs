using System.Security.Cryptography;
using System.Text;
using LeftBehind.Contracts;
using LeftBehind.Contracts.Registry;
using LeftBehind.Protos.Registry.V1;
using LeftBehind.Registry.Children;
using LeftBehind.Registry.Matching;
using LeftBehind.Sheets;
using CarerKind = LeftBehind.Protos.Registry.V1.CarerKind;
using HouseholdState = LeftBehind.Registry.Households.Household;
using Parent = LeftBehind.Protos.Registry.V1.Parent;
using ParentState = LeftBehind.Protos.Registry.V1.ParentState;
using Sex = LeftBehind.Protos.Registry.V1.Sex;

namespace LeftBehind.Registry.Lists;

/// <summary>One import: of which village, when, and by which id its rows are told from those of another.</summary>
internal sealed record PaperImport(Guid Id, DivisionCode Village, DivisionId Place, DateTimeOffset At, DateOnly Today)
{
    public string Source => PaperSource.Of(Village);
}

/// <summary>
/// The rows that the lines of a list are taken as. A line tells of one person; a household is told with the first of its lines. What
/// a line leaves empty is told as it is on file, since a row replaces what was told before. Pure.
/// </summary>
internal sealed class PaperRows(PaperImport import, KnownOfList known, Func<string, Guid> householdOf)
{
    private readonly Dictionary<string, (int Row, string Address, Residency? Residency)> households = new(StringComparer.Ordinal);
    private readonly List<(int Line, HouseholdRow Row)> rows = [];
    private readonly List<PaperProblem> problems = [];
    private List<HouseholdRow> ofLine = [];

    /// <summary>The rows in their order, each with its line.</summary>
    public IReadOnlyList<(int Line, HouseholdRow Row)> Rows => rows;

    public IReadOnlyList<PaperProblem> Problems => problems;

    /// <summary>
    /// The numbers that a person may have been told under: by the file that the line corrects; else by the ID number, and by household and
    /// name, as long as none was known. Made of these, since they may be longer than a number is.
    /// </summary>
    public static IEnumerable<string> PersonNumbers(PaperLine line) =>
        (line.File is { } file ? (string[])[$"file/{file}"]
            : ResidentIdNumber.Read(line.IdNumber) is { IsValid: true } number ? ["id/" + number.Reveal(), ByName(line)] : [ByName(line)]).Select(text => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text))));

    private static string ByName(PaperLine line) => $"name/{line.HouseholdNo}/{NameForms.Normal(line.Name)}";

    /// <summary>A household is told by the village's own number, or, in a list that was exported, by that of the file.</summary>
    public static string HouseholdNo(PaperLine line) => Guid.TryParseExact(line.HouseholdNo, "D", out var id) ? PaperSource.Number(id) : line.HouseholdNo;

    public void Add(PaperLine line)
    {
        (ofLine, var faults) = ([], problems.Count(p => !p.IsWarning));
        var number = Fill(line);
        if (problems.Count(p => !p.IsWarning) > faults)
            return;
        rows.AddRange(ofLine.Select(row => (line.Row, row)));
        if (ofLine.Find(r => r.Household is not null)?.Household is { } told)
            households[number] = (line.Row, told.Address, told.Residency);
    }

    private string Fill(PaperLine line)
    {
        var child = known.ChildOf(line);
        if (line.File is not null && !IsHere(child))
            return No(line, PaperColumn.File, new("no open file of this village", "本村没有这一在册档案"));
        var number = line.HouseholdNo.Length > 0 ? HouseholdNo(line) : PaperSource.Number(child!.Household);
        var household = known.Household(householdOf(number));
        if (PaperSource.OnFileAs(import.Source, number) is not null && household?.Residence != import.Place)
            return No(line, PaperColumn.HouseholdNo, new("no household of this village", "本村没有这一户"));
        TellHousehold(line, number, household);
        var person = known.PersonNo(line);
        Row(line, "member", r => r.Member = Member(line, number, person, child));
        if (!line.TellsOfAChild)
            return number;
        if (IsAdult(line, child))
        {
            problems.Add(new(line.Row, null, new("18 or older: parents and carer are not kept", "已满18周岁，父母状况和照料人不记录"), IsWarning: true));
            return number;
        }
        Add(line, "father", line.Father, Parent.Father, person, child?.Father);
        Add(line, "mother", line.Mother, Parent.Mother, person, child?.Mother);
        if (line.Carer is not null || line.CarerName.Length + line.CarerPhone.Length > 0)
            Row(line, "carer", r => r.Carer = Carer(line, person, child));
        return number;
    }

    private bool IsHere(Child? child) => child is { Facts.State: FileState.Open } && child.Facts.Residence == import.Place;

    /// <summary>Told with the first line that says anything new of it; the others must not differ.</summary>
    private void TellHousehold(PaperLine line, string number, HouseholdState? household)
    {
        if (households.TryGetValue(number, out var told))
        {
            var differs = line.Address.Length > 0 && line.Address != told.Address ? PaperColumn.Address
                : line.Residency is { } other && other != told.Residency ? PaperColumn.Residency : (PaperColumn?)null;
            if (differs is { } column)
                No(line, column, new($"differs from row {told.Row} of the same household", $"与同户第{told.Row}行不一致"));
            return;
        }
        var kept = (Address: known.Address(householdOf(number)) ?? "", Residency: (Residency?)household?.Residency ?? Residency.Unknown);
        var (address, residency) = (Or(line.Address, kept.Address), line.Residency ?? kept.Residency);
        if (household is null || (address, residency) != kept)
            Row(line, "household", r => r.Household = new() { HouseholdNo = number, ResidenceCode = import.Village.Digits, Residency = residency, Address = address });
    }

    private Member Member(PaperLine line, string household, string person, Child? child)
    {
        var (kept, tellsBirth) = (child is null ? null : known.Identity(child), ResidentIdNumber.Read(line.IdNumber).BirthDate is not null);
        return new()
        {
            HouseholdNo = household, PersonNo = person, Name = line.Name, IdNumber = Or(line.IdNumber, kept?.IdNumber), Phone = Or(line.Phone, kept?.Phone),
            BirthDate = Or(line.BirthDate, tellsBirth ? "" : child?.Facts.BirthDate?.ToString("yyyy-MM-dd")), HukouCode = Or(line.HukouCode, child?.Facts.Hukou?.FirstCode.Digits),
            Sex = line.Sex ?? (tellsBirth ? Sex.Unknown : (Sex?)child?.Facts.Sex ?? Sex.Unknown), Relation = line.Relation ?? Relation.Unknown,
        };
    }

    private void Add(PaperLine line, string kind, PaperParent told, Parent parent, string person, ParentRecord? before)
    {
        if (told.Status is not { } status)
            return;
        var since = told.Since.Length > 0 ? told.Since : before is not null && (ParentState)before.Status == status ? before.Since.ToString("yyyy-MM-dd") : "";
        if (since.Length == 0 && status is ParentState.OutForWork)
            No(line, parent is Parent.Father ? PaperColumn.FatherSince : PaperColumn.MotherSince, new("required when the parent is out for work", "外出务工时必填"));
        else
            Row(line, kind, r => r.Parent = new() { PersonNo = person, Parent = parent, Status = status, Since = since });
    }

    private Carer Carer(PaperLine line, string person, Child? child)
    {
        var kept = child is null ? null : known.Carer(child);
        return new()
        {
            PersonNo = person, Kind = line.Carer ?? (CarerKind?)child?.Facts.Carer ?? CarerKind.CarerNotCollected,
            Name = Or(line.CarerName, kept?.Name), Phone = Or(line.CarerPhone, kept?.Phone),
        };
    }

    /// <summary>As the rows are taken: without a birth date, a head or spouse is taken for an adult.</summary>
    private bool IsAdult(PaperLine line, Child? child) =>
        (DateOnly.TryParseExact(line.BirthDate, "yyyy-MM-dd", out var day) ? day : ResidentIdNumber.Read(line.IdNumber).BirthDate ?? child?.Facts.BirthDate) is { } born
            ? !Ages.IsUnder(born, Ages.Adult, import.Today) : line.Relation is Relation.Head or Relation.Spouse;

    private void Row(PaperLine line, string kind, Action<HouseholdRow> fill)
    {
        var row = new HouseholdRow
        {
            SourceEventId = PaperSource.EventId(import.Id, line.Row, kind), SourceSequence = import.At.ToUnixTimeMilliseconds(), OccurredAt = Calls.Requests.Written(import.At),
        };
        fill(row);
        ofLine.Add(row);
    }

    private string No(PaperLine line, PaperColumn column, Said why)
    {
        problems.Add(new(line.Row, column, why));
        return "";
    }

    private static string Or(string told, string? kept) => told.Length > 0 ? told : kept ?? "";
}
