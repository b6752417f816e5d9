namespace Runnel.Streams.Testing.Model;

/// <summary>An event as it should be: the stream that it belongs to, its number there, and what it says.</summary>
public sealed record ModelEvent(StreamModel Home, long Number, long Value)
{
    /// <summary>Whether an owner's stream must show it.</summary>
    public bool IsThere => !Home.IsDeleted && Number >= Home.First;

    /// <summary>Whether an owner's stream must not show it. One that was trimmed goes when the store settles.</summary>
    public bool IsGone => Home.IsDeleted;
}
