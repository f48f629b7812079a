namespace LeftBehind.Documents;

/// <summary>
/// Breaks a paragraph of Chinese text into lines: between any two characters, but never before closing punctuation (避头) and never within a surrogate pair. Pure.
/// </summary>
public static class BreakLines
{
    private const string NeverFirst = "，。；：、！？）》”’";

    /// <param name="paragraph">One line of text.</param>
    /// <param name="width">The width of a line.</param>
    /// <param name="measure">How wide a text is.</param>
    public static IEnumerable<string> Of(string paragraph, double width, Func<string, double> measure)
    {
        var (start, used) = (0, 0.0);
        for (var i = 0; i < paragraph.Length;)
        {
            var length = char.IsSurrogatePair(paragraph, i) ? 2 : 1;
            var next = measure(paragraph.Substring(i, length));
            if (i > start && used + next > width && !NeverFirst.Contains(paragraph[i], StringComparison.Ordinal))
            {
                yield return paragraph[start..i];
                (start, used) = (i, 0);
            }
            used += next;
            i += length;
        }
        yield return paragraph[start..];
    }
}
