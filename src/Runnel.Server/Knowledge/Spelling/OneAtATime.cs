namespace Runnel.Server.Knowledge.Spelling;

/// <summary>
/// The relations of which one holds at a time: who moves lives somewhere else. Only these can contradict each other; of all
/// others somebody may have several. What stands in one line is the same relation in other words.
/// </summary>
internal static class OneAtATime
{
    private static readonly Dictionary<string, string> Groups = Table(
        "lives in|live in|lives at|living in|resides in|residence|home|moved to|relocated to|based in|住在|居住在|居住于|住址|现居|搬到|搬家到|定居于",
        "born in|birthplace|place of birth|was born in|出生在|出生于|出生地",
        "born on|birthday|date of birth|was born on|生日|出生日期",
        "works at|work at|works for|working at|working for|employed by|employed at|employer|工作于|就职于|任职于|供职于|工作单位|上班于",
        "married to|spouse|husband|wife|spouse of|配偶|丈夫|妻子|结婚|嫁给|娶了",
        "located in|location|situated in|位于|坐落于",
        "headquartered in|headquarters|总部位于|总部在",
        "died in|place of death|死于|去世于",
        "died on|date of death|去世日期");

    /// <summary>The relation of which a thing has one at a time, by the key of its name; null for any other.</summary>
    public static string? Of(string relationKey) => Groups.GetValueOrDefault(relationKey);

    private static Dictionary<string, string> Table(params string[] lines) =>
        lines.SelectMany(line => line.Split('|').Select(word => (Word: RelationKey.Of(word), Group: line.Split('|')[0])))
            .ToDictionary(pair => pair.Word, pair => pair.Group);
}
