namespace Runnel.Streams.AspNetCore.Connections;

/// <summary>The place of one open response.</summary>
internal readonly record struct OpenPlace(OpenPage Page, int Index)
{
    /// <summary>When it is to be looked at next, as a timestamp; 0 is at the next tick.</summary>
    public void CheckAt(long timestamp) => Interlocked.Exchange(ref Page.CheckAt[Index], timestamp);
}
