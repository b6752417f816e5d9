namespace Runnel.Server.Knowledge.Learning;

/// <summary>The types of entities and their words.</summary>
internal static class EntityTypes
{
    private static readonly Dictionary<EntityType, string> Words =
        Enum.GetValues<EntityType>().ToDictionary(type => type, type => type.ToString().ToLowerInvariant());

    private static readonly Dictionary<string, EntityType> ByWord = Words.ToDictionary(pair => pair.Value, pair => pair.Key);

    /// <summary>All of them, in the order of the contract.</summary>
    public static IReadOnlyList<EntityType> All { get; } = Enum.GetValues<EntityType>();

    public static string Word(this EntityType type) => Words[type];

    public static bool TryRead(string word, out EntityType type) => ByWord.TryGetValue(word, out type);

    /// <summary>The type that a row of ours names.</summary>
    public static EntityType Read(string word) => ByWord[word];
}
