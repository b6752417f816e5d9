namespace Runnel.Server.Tests.Turns.Stopping;

/// <summary>What a <see cref="StubbornClient"/> does wrong.</summary>
public enum Manner
{
    /// <summary>Waits without its token.</summary>
    DoesNotListen,

    /// <summary>Goes on yielding.</summary>
    TalksOn,

    /// <summary>Holds the thread that asks for its next word.</summary>
    BlocksItsThread,

    /// <summary>Holds the thread that asks it.</summary>
    BlocksTheRequest,

    /// <summary>Holds the thread that cancels its token.</summary>
    BlocksWhoeverCancels,

    HangsWhenDisposed,

    FailsWhenDisposed,
}
