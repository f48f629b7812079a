using System.Collections;
using Google.Protobuf;
using LeftBehind.Intake;

namespace LeftBehind.EducationAttendance.Partners;

/// <summary>
/// Whether every text of a row can be kept. PostgreSQL keeps no U+0000, and refuses the whole batch for one; no field of a roll
/// has use for any other control character, nor for half a surrogate pair. The message itself says which fields it has, so a
/// new one is looked at too. Pure.
/// </summary>
internal static class RowText
{
    public const string Reason = "a control character or half a surrogate pair in it";

    public static bool CanBeKept<TRow>(PushedRow<TRow> row) where TRow : IMessage =>
        FirstBroken(row.Row, "") is not { } field || Fields.Wrong(row, field, Reason);

    private static string? FirstBroken(IMessage message, string within)
    {
        foreach (var field in message.Descriptor.Fields.InFieldNumberOrder())
            if (FirstBrokenIn(field.Accessor.GetValue(message), within + field.Name) is { } broken)
                return broken;
        return null;
    }

    private static string? FirstBrokenIn(object? value, string name) => value switch
    {
        string text => IsPlain(text) ? null : name,
        IMessage inner => FirstBroken(inner, name + "."),
        ByteString or null => null,
        IEnumerable many => many.Cast<object?>().Select(one => FirstBrokenIn(one, name)).FirstOrDefault(broken => broken is not null),
        _ => null,
    };

    private static bool IsPlain(string text)
    {
        for (var i = 0; i < text.Length; i++)
            if (char.IsControl(text[i]))
                return false;
            else if (char.IsSurrogate(text[i]) && !(i + 1 < text.Length && char.IsSurrogatePair(text[i], text[++i])))
                return false;
        return true;
    }
}
