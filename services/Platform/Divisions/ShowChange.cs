using LeftBehind.Calls;
using LeftBehind.Contracts.Divisions;
using V1 = LeftBehind.Protos.Platform.V1;

namespace LeftBehind.Platform.Divisions;

/// <summary>A change in the words of the protocol.</summary>
internal static class ShowChange
{
    public static V1.DivisionChange Of(IDivisionChange change, string? document = null)
    {
        var shown = new V1.DivisionChange { EffectiveOn = Calls.Days.Written(change.EffectiveOn), Document = document ?? change.Document };
        switch (change)
        {
            case DivisionEstablished c:
                shown.Establish = new() { Code = c.Code.Digits, Name = c.Name, ParentId = c.Parent.ToString(), Virtual = c.Virtual };
                break;
            case DivisionRenamed c:
                shown.Rename = new() { DivisionId = c.Division.ToString(), Name = c.Name };
                break;
            case DivisionRecoded c:
                shown.Recode = new() { DivisionId = c.Division.ToString(), Code = c.Code.Digits };
                break;
            case DivisionReparented c:
                shown.Reparent = new() { DivisionId = c.Division.ToString(), ParentId = c.Parent.ToString() };
                break;
            case DivisionsMerged c:
                shown.Merge = new() { DivisionIds = { c.Divisions.Select(d => d.ToString()) }, IntoId = c.Into.ToString() };
                break;
            case DivisionSplit c:
                shown.Split = new()
                {
                    DivisionId = c.Division.ToString(),
                    Parts = { c.Parts.Select(p => new V1.Part { Code = p.Code.Digits, Name = p.Name, ChildIds = { p.Children.Select(d => d.ToString()) } }) },
                };
                break;
            case VillagesExtracted c:
                shown.Extract = new() { FromIds = { c.From.Select(d => d.ToString()) }, Code = c.Code.Digits, Name = c.Name, ParentId = c.Parent.ToString() };
                break;
            case DivisionAbolished c:
                shown.Abolish = new() { DivisionId = c.Division.ToString() };
                break;
        }
        return shown;
    }
}
