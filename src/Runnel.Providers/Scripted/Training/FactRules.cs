using System.Text.RegularExpressions;

namespace Runnel.Providers.Scripted.Training;

/// <summary>The forms that the demonstration model understands.</summary>
internal static class FactRules
{
    /// <summary>To the end of the phrase.</summary>
    private const string Rest = @"(?<value>[^.,;!?。，；！？\n]+?)(?=\s+(?:and|but|since|because|with)\s|[.,;!?。，；！？\n]|$)";

    private const RegexOptions How = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public static IReadOnlyList<FactRule> All { get; } =
    [
        Property("name", @"\bmy name is\s+", "(?:我叫|我的名字是)"),
        Property("birthday", @"\bmy birthday is (?:on )?\s*", "我的生日是"),
        Property("age", @"\bi am (?=\d+ years old)", "我今年"),
        Relation("location", "lives in", @"\bi live in\s+", "我住在"),
        Relation("location", "comes from", @"\b(?:i come|i am|i'm) from\s+", "我来自"),
        Relation("organization", "works at", @"\bi work (?:at|for)\s+", "我就职于"),
        Relation("hobby", "likes", @"\bi (?:like|love|enjoy)\s+", "我喜欢"),
        Relation("skill", "can", @"\bi (?:can|know how to)\s+", "我会"),
        Relation("person", "is a friend of", @"\bmy friend(?: is called| is named| is|'s name is)?\s+", "我的朋友(?:叫|是)"),
        Relation("person", "has the sister", @"\bmy sister(?: is called| is named| is|'s name is)\s+", "我(?:姐姐|妹妹)叫"),
        Relation("person", "has the brother", @"\bmy brother(?: is called| is named| is|'s name is)\s+", "我(?:哥哥|弟弟)叫"),
        Relation("event", "was at", @"\bi (?:was at|attended)\s+", "我参加了"),
        Relation("concept", "believes in", @"\bi believe in\s+", "我相信"),
    ];

    /// <summary>How the person who speaks is called.</summary>
    public static string SpeakerOf(string message) => message.Any(Words.IsChinese) ? "用户" : "User";

    private static FactRule Property(string name, string english, string chinese) =>
        new(Form(english, chinese)) { Property = name };

    private static FactRule Relation(string type, string verb, string english, string chinese) =>
        new(Form(english, chinese)) { Type = type, Verb = verb };

    private static Regex Form(string english, string chinese) => new($"(?:{english}|{chinese}){Rest}", How, Patience);
}
