namespace Runnel.Server.Configuration;

/// <summary>What becomes of the answers that a server was writing which died, or stopped before they were whole.</summary>
internal enum UnfinishedTurns
{
    /// <summary>They end where they are, with what was shown; the user may ask again.</summary>
    Interrupt,

    /// <summary>Another server asks the model once more: what was shown is withdrawn, and paid for twice.</summary>
    StartAgain,
}
