namespace Runnel.Server.Background;

/// <summary>What the process ends with after it has run.</summary>
internal sealed class ExitCode
{
    /// <summary>Another server has fenced this one off; <c>EX_TEMPFAIL</c> of sysexits.h: start it again.</summary>
    public const int FencedOff = 75;

    private volatile int _value;

    public int Value
    {
        get => _value;
        set => _value = value;
    }
}
