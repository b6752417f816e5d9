using System.Text.RegularExpressions;
using Runnel.Server.Hosting.Wording;

namespace Runnel.Server.Turns.Titling;

/// <summary>Takes the title out of what a model answered.</summary>
internal static partial class TitleText
{
    /// <summary>How much of an answer is read, in characters: thoughts may come before the title.</summary>
    public const int MaxAnswer = 8000;

    private const int MaxCharacters = 80;

    /// <summary>One line without ornaments; null when there is none, or it is too long for a title.</summary>
    public static string? From(string answer)
    {
        var text = Thoughts().Replace(Texts.Clean(answer), "");
        var line = text.Split('\n').Select(OneLine.Of).FirstOrDefault(line => Bare(line).Length > 0);
        var title = line is null ? "" : Bare(line);
        return title.Length == 0 || title.EnumerateRunes().Count() > MaxCharacters ? null : title;
    }

    private static string Bare(string line) =>
        Label().Replace(line.TrimStart('#', ' ', '*', '_', '`'), "")
            .TrimEnd('.', '。', ' ', '*', '_')
            .Trim(' ', '*', '_', '`', '"', '\'', '“', '”', '‘', '’', '«', '»', '„', '「', '」', '『', '』', '《', '》')
            .TrimEnd('.', '。', ' ');

    [GeneratedRegex(@"^\s*<think>.*?(</think>|$)", RegexOptions.Singleline | RegexOptions.IgnoreCase)]
    private static partial Regex Thoughts();

    [GeneratedRegex(@"^(title|titel|titre|título|标题|標題|タイトル)\**\s*[:：]\**\s*", RegexOptions.IgnoreCase)]
    private static partial Regex Label();
}
