using System.Globalization;
using Runnel.Server.Knowledge.Learning;
using Runnel.Server.Knowledge.Rows;

namespace Runnel.Server.Knowledge.Searching;

/// <summary>
/// The column that facts are found by. Each token has the digital human's number before it: so what another one knows costs no
/// time and can never be found. It holds only words of the fact itself, which go when the fact goes, and the type of what is named:
/// who asks for hobbies finds them.
/// </summary>
internal sealed class FactTokens(long digitalHumanId, IEnumerable<KnowledgeNode> named)
{
    private static readonly Dictionary<string, string> TypeWords = new()
    {
        [EntityType.Person.Word()] = "person people 人物",
        [EntityType.Organization.Word()] = "organization company 组织 公司",
        [EntityType.Location.Word()] = "location place city 地点 地方 城市",
        [EntityType.Skill.Word()] = "skill 技能 擅长",
        [EntityType.Hobby.Word()] = "hobby 爱好 兴趣",
        [EntityType.Event.Word()] = "event 事件 活动",
        [EntityType.Date.Word()] = "date 日期 时间",
        [EntityType.Concept.Word()] = "concept 概念",
        [EntityType.Other.Word()] = "",
    };

    private readonly Dictionary<string, string> _types = named.ToDictionary(node => node.NodeId, node => node.Type);

    /// <summary>How the tokens of a digital human begin.</summary>
    public static string Scope(long digitalHumanId) => digitalHumanId.ToString(CultureInfo.InvariantCulture) + "k";

    public string Of(KnowledgeFact fact)
    {
        var type = fact.Kind == FactKinds.Name && _types.TryGetValue(fact.NodeId!, out var known) ? TypeWords[known] : "";
        var scope = Scope(digitalHumanId);
        return string.Join(' ', SearchTokens.Of($"{fact.Label}\n{fact.Text}\n{type}").Select(token => scope + token.Text));
    }
}
