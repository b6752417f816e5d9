namespace Runnel.Streams.Live;

/// <summary>Why a cursor could not be honoured exactly, so that the reader must load the state anew.</summary>
public enum ResyncReason
{
    /// <summary>It was honoured, or none was given.</summary>
    None,

    /// <summary>Events after the cursor are no longer retained.</summary>
    Retention,

    /// <summary>The log was recreated since: the cursor's generation is gone.</summary>
    Recreated,

    /// <summary>The cursor lies beyond what the store has.</summary>
    Ahead,
}
