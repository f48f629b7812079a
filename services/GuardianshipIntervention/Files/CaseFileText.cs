using System.Text;
using V1 = LeftBehind.Protos.Guardianship.V1;

namespace LeftBehind.GuardianshipIntervention.Files;

/// <summary>The case file as one plain text, to be printed. Pure.</summary>
internal static class CaseFileText
{
    public static string Of(V1.CaseFile file)
    {
        var text = new StringBuilder();
        text.Append("监护干预案卷 ").AppendLine(file.Case.CaseId)
            .Append("Child ").Append(file.Case.ChildId).Append(", division ").Append(file.Case.DivisionCode).Append(", respondent ").Append(file.Case.Respondent).AppendLine()
            .Append("State ").Append(file.Case.State).Append(", protection order ").Append(file.Case.Order).Append(", version ").Append(file.Case.Version)
            .Append(", written at ").AppendLine(file.WrittenAt);
        text.AppendLine().AppendLine("一、经过");
        foreach (var entry in file.Entries)
        {
            text.Append(entry.OccurredAt).Append("  ").Append(entry.What).Append("  ").Append(entry.Organ).Append("  ").AppendLine(entry.DocumentNo);
            if (entry.Description.Length > 0)
                text.Append("    ").AppendLine(entry.Description.ReplaceLineEndings("\n    "));
        }
        text.AppendLine().AppendLine("二、期限");
        foreach (var time in file.Clocks)
            text.Append(time.Kind).Append("  ").Append(time.StartedAt).Append(" – ").Append(time.DueAt).Append("  ")
                .Append(time.EndedAt.Length > 0 ? time.EndedAt : "open").Append(time.Late ? "  late" : "").Append("  ").AppendLine(time.Citation);
        return text.ToString();
    }
}
