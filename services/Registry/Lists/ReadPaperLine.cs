using LeftBehind.Contracts;
using LeftBehind.Protos.Registry.V1;
using LeftBehind.Sheets;

namespace LeftBehind.Registry.Lists;

/// <summary>Reads one line, cell by cell and every cell, so that all that is wrong with it is told at once. Pure.</summary>
internal static class ReadPaperLine
{
    private const int LongestNumber = 64, LongestName = 100, LongestAddress = 300;

    private static readonly Said Needed = new("required", "必填");

    public static PaperLine Read(PaperCells cells, string village)
    {
        var line = new PaperLine(cells.Row)
        {
            HouseholdNo = cells.Code(PaperColumn.HouseholdNo, LongestNumber),
            Address = cells.Text(PaperColumn.Address, LongestAddress),
            Residency = cells.Word(PaperColumn.Residency, PaperWords.Residencies),
            Name = cells.Text(PaperColumn.Name, LongestName),
            IdNumber = cells.Code(PaperColumn.IdNumber, LongestName),
            BirthDate = cells.Day(PaperColumn.BirthDate),
            Sex = cells.Word(PaperColumn.Sex, PaperWords.Sexes),
            Relation = cells.Word(PaperColumn.Relation, PaperWords.Relations),
            Father = Parent(cells, PaperColumn.Father, PaperColumn.FatherSince),
            Mother = Parent(cells, PaperColumn.Mother, PaperColumn.MotherSince),
            Carer = cells.Word(PaperColumn.Carer, PaperWords.Carers) is { } carer and not CarerKind.CarerNotCollected ? carer : null,
            CarerName = cells.Text(PaperColumn.CarerName, LongestName),
            CarerPhone = cells.Code(PaperColumn.CarerPhone, LongestNumber),
            Phone = cells.Code(PaperColumn.Phone, LongestNumber),
            HukouCode = cells.Code(PaperColumn.Hukou, LongestNumber),
            File = File(cells),
        };
        if (cells.HasFault)
            return line;
        if (line.HouseholdNo.Length == 0 && line.File is null)
            cells.Fault(PaperColumn.HouseholdNo, Needed);
        if (line.Name.Length == 0)
            cells.Fault(PaperColumn.Name, Needed);
        if (line.BirthDate.Length + line.IdNumber.Length == 0 && line.File is null)
            cells.Fault(PaperColumn.BirthDate, new("a birth date or an ID number is required", "出生日期、身份证号至少填一项"));
        if (LooksRounded(line.IdNumber))
            cells.Fault(PaperColumn.IdNumber, new("ends in 000 and its check digit is wrong: a spreadsheet has rounded it", "末三位为000且校验码不符，疑似被表格软件取整：请重新填写"));
        if (line.HukouCode.Length > 0 && !DivisionCode.TryParse(line.HukouCode, out _))
            cells.Fault(PaperColumn.Hukou, new("not a division code of 2, 4, 6, 9 or 12 digits", "不是2、4、6、9或12位的区划代码"));
        if (cells.Code(PaperColumn.Village, LongestNumber) is { Length: > 0 } told && told != village)
            cells.Fault(PaperColumn.Village, new("another village's line", "不是本村的记录"));
        return line;
    }

    private static PaperParent Parent(PaperCells cells, PaperColumn status, PaperColumn since)
    {
        var faults = cells.Problems.Count;
        var (told, day) = (cells.Word(status, PaperWords.Parents), cells.Day(since));
        if (told is null && day.Length > 0 && cells.Problems.Count == faults)
            cells.Fault(status, new("required beside its date", "填写日期时必填"));
        return told is { } state and not ParentState.NotCollected ? new(state, day) : default;
    }

    private static Guid? File(PaperCells cells)
    {
        if (cells.Code(PaperColumn.File, LongestNumber) is not { Length: > 0 } text)
            return null;
        if (Guid.TryParseExact(text, "D", out var id) && id != Guid.Empty)
            return id;
        cells.Fault(PaperColumn.File, new("not a file's number", "不是档案编号"));
        return null;
    }

    /// <summary>A spreadsheet keeps 15 digits of a number and fills up with noughts.</summary>
    private static bool LooksRounded(string number) =>
        number.Length == 18 && number.EndsWith("000", StringComparison.Ordinal) && !ResidentIdNumber.Read(number).IsValid;
}
