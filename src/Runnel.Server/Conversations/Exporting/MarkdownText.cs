using System.Text;

namespace Runnel.Server.Conversations.Exporting;

/// <summary>Text that goes into a Markdown document and must not change it.</summary>
internal static class MarkdownText
{
    private const string Everywhere = "\\`*_[]<>&~|$";
    private const string AtTheBeginning = "#+-=:";
    private static readonly string[] LineEnds = ["\r\n", "\n", "\r"];

    /// <summary>Every line in a quote: headings, fences, lists and HTML in it end with it.</summary>
    public static string Quote(string text) =>
        string.Join('\n', text.Split(LineEnds, StringSplitOptions.None).Select(line => line.Length == 0 ? ">" : "> " + line));

    /// <summary>Text that is shown as it was written: nothing in it is markup, and lines end where they ended.</summary>
    public static string Literal(string text)
    {
        var lines = text.Split(LineEnds, StringSplitOptions.None).Select(LiteralLine).ToArray();
        for (var i = 0; i < lines.Length - 1; i++)
        {
            // Two spaces keep a line break; before an empty line there is a paragraph's end anyway.
            if (lines[i].Length > 0 && lines[i + 1].Length > 0)
                lines[i] += "  ";
        }

        return string.Join('\n', lines);
    }

    /// <summary>Markdown in which no HTML begins, except where it is code and shown as it is.</summary>
    public static string WithoutHtml(string markdown)
    {
        var fence = "";
        var lines = markdown.Split(LineEnds, StringSplitOptions.None);
        for (var i = 0; i < lines.Length; i++)
        {
            var run = FenceOf(lines[i]);
            if (fence.Length == 0 && run.Length > 0)
                fence = run;
            else if (fence.Length > 0 && run.StartsWith(fence, StringComparison.Ordinal) && lines[i].Trim() == run)
                fence = "";
            else if (fence.Length == 0)
                lines[i] = EscapeTags(lines[i]);
        }

        return string.Join('\n', lines);
    }

    private static string LiteralLine(string line)
    {
        var (start, end) = (line.Length - line.TrimStart(' ', '\t').Length, line.TrimEnd(' ', '\t').Length);
        var text = new StringBuilder();
        for (var i = 0; i < Math.Min(start, end); i++)
            text.Append(line[i] == '\t' ? "&nbsp;&nbsp;&nbsp;&nbsp;" : "&nbsp;");
        var digits = start;
        while (digits < end && char.IsAsciiDigit(line[digits]))
            digits++;
        for (var i = start; i < end; i++)
        {
            var isMarker = (i == start && AtTheBeginning.Contains(line[i]))
                || (i == digits && i > start && line[i] is '.' or ')');
            if (isMarker || Everywhere.Contains(line[i]))
                text.Append('\\');
            text.Append(line[i]);
        }

        return text.ToString();
    }

    /// <summary>The backticks or tildes that begin or end a block of code; empty when the line does neither.</summary>
    private static string FenceOf(string line)
    {
        var text = line.TrimStart(' ', '\t');
        if (text.Length < 3 || text[0] is not ('`' or '~'))
            return "";
        var run = text[..(text.Length - text.TrimStart(text[0]).Length)];
        return run.Length < 3 || (run[0] == '`' && text.IndexOf('`', run.Length) >= 0) ? "" : run;
    }

    private static string EscapeTags(string line)
    {
        var text = new StringBuilder();
        for (var i = 0; i < line.Length; i++)
        {
            var code = line[i] == '`' ? CodeLength(line, i) : line[i] == '\\' && i + 1 < line.Length ? 2 : 0;
            if (code > 0)
            {
                text.Append(line, i, code);
                i += code - 1;
                continue;
            }

            if (line[i] == '<' && i + 1 < line.Length && (char.IsAsciiLetter(line[i + 1]) || line[i + 1] is '/' or '!' or '?'))
                text.Append('\\');
            text.Append(line[i]);
        }

        return text.ToString();
    }

    /// <summary>How long a run of backticks is, with the code that it begins if the same run ends it.</summary>
    private static int CodeLength(string line, int start)
    {
        var run = RunLength(line, start);
        for (var at = start + run; at < line.Length; at++)
        {
            if (line[at] != '`')
                continue;
            var end = RunLength(line, at);
            if (end == run)
                return at + end - start;
            at += end - 1;
        }

        return run;
    }

    private static int RunLength(string line, int start)
    {
        var end = start;
        while (end < line.Length && line[end] == '`')
            end++;
        return end - start;
    }
}
