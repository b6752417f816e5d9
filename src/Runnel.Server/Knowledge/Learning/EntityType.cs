namespace Runnel.Server.Knowledge.Learning;

/// <summary>What kind of thing an entity is. On the wire and in the database the word in lower case.</summary>
internal enum EntityType
{
    Person,
    Organization,
    Location,
    Skill,
    Hobby,
    Event,
    Date,
    Concept,

    /// <summary>None of the others.</summary>
    Other,
}
