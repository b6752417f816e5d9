namespace Runnel.Server.DigitalHumans.Rows;

/// <summary>A character that people talk to and train.</summary>
internal sealed class DigitalHuman
{
    /// <summary>Given by the database, from 1, and never twice.</summary>
    public long Id { get; init; }

    public required string OwnerId { get; init; }

    /// <summary>Whether everybody may read it and talk to it; only its owner changes and trains it.</summary>
    public bool IsPublic { get; init; }

    public required string Name { get; init; }

    /// <summary>What messages call its model; null for the server's default.</summary>
    public string? Model { get; init; }

    /// <summary>0 to 2; null for the model's own.</summary>
    public double? Temperature { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>When it was deleted: what belongs to it is going. Null for one that is there.</summary>
    public DateTimeOffset? DeletedAt { get; init; }

    public string? Greeting { get; init; }

    /// <summary>Who it is, as its model is told.</summary>
    public required string Persona { get; init; }
}
