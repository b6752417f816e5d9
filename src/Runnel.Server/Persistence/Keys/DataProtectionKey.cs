namespace Runnel.Server.Persistence.Keys;

/// <summary>One key as data protection wrote it.</summary>
internal sealed class DataProtectionKey
{
    public required string Name { get; init; }

    public required string Xml { get; init; }

    public DateTimeOffset CreatedAt { get; init; }
}
