namespace Runnel.Server.Training.Progress;

/// <summary>In which language people are told of progress. Its name in the database is the tag in lower case.</summary>
internal enum Language
{
    /// <summary>English.</summary>
    En,

    /// <summary>Chinese.</summary>
    Zh,
}
