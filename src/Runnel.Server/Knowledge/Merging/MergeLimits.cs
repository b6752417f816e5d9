namespace Runnel.Server.Knowledge.Merging;

/// <summary>How much is learned: at once, and in all.</summary>
internal static class MergeLimits
{
    /// <summary>Entities in one answer of a model.</summary>
    public const int Entities = 500;

    /// <summary>Relations in one answer of a model.</summary>
    public const int Relations = 1_000;

    /// <summary>Properties of one entity in one answer; the rest is left out.</summary>
    public const int Properties = 50;

    /// <summary>Facts of one digital human.</summary>
    public const int Facts = 10_000;

    /// <summary>Characters of a name; what is longer is none, and is left out.</summary>
    public const int Name = 200;

    /// <summary>Characters of the name of a property or of the type of a relation; what is longer is left out.</summary>
    public const int Label = 100;

    /// <summary>Characters of a property's value; what is longer is cut.</summary>
    public const int Value = 1_000;

    /// <summary>Characters of a description; what is longer is cut.</summary>
    public const int Description = 2_000;
}
