namespace Runnel.Server.Knowledge.Searching;

/// <summary>What of a message is looked for.</summary>
internal static class SearchTerms
{
    /// <summary>Of a longer message the beginning and the end are looked for, where questions stand.</summary>
    private const int Max = 96;

    /// <summary>So many characters at both ends have enough words; to cut all others into words costs time for nothing.</summary>
    private const int Ends = 3_000;

    /// <summary>They are everywhere and say nothing.</summary>
    private static readonly HashSet<string> Empty =
    [
        .. ("a about all also am an and any are as at be been but by can could did do doe does dont for from get give had has have he "
            + "her here hi him his how i if im in into is it its just know like ll me more my no not of on or our please s said say "
            + "see she should so some t tell than that the their them then there these they this those to too up us ve very was we "
            + "were what when where which who whom whose why will with would yes you your youre").Split(' ').Where(word => word != "like"),
        .. "什么 怎么 么样 怎样 为什 哪里 哪个 哪些 是谁 是不 不是 有没 没有 可以 我们 你们 他们 这个 那个 知道 告诉 诉我 一下 请问 多少 你的 我的".Split(' '),
    ];

    public static IReadOnlyList<SearchTerm> Of(long digitalHumanId, string text)
    {
        var scope = FactTokens.Scope(digitalHumanId);
        var terms = SearchTokens.Of(EndsOf(text))
            .Where(token => (!token.EndsRun || token.IsAlone) && !Empty.Contains(token.Text))
            .Select(token => new SearchTerm(scope + token.Text, token.IsAlone))
            .Distinct().ToList();
        return terms.Count <= Max ? terms : [.. terms[..(Max / 2)], .. terms[^(Max / 2)..]];
    }

    /// <summary>Where it is cut a word may be cut too; what is left of that finds nothing.</summary>
    private static string EndsOf(string text) => text.Length <= 2 * Ends ? text : $"{text[..Ends]}\n{text[^Ends..]}";
}
