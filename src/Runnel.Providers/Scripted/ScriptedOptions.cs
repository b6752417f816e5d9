namespace Runnel.Providers.Scripted;

/// <summary>How the demonstration model writes.</summary>
public sealed class ScriptedOptions
{
    /// <summary>The time from one word to the next. Default 40 ms, 25 words a second; zero: no delay.</summary>
    public TimeSpan Pace { get; init; } = TimeSpan.FromMilliseconds(40);
}
