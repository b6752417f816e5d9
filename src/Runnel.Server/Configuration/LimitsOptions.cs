using System.ComponentModel.DataAnnotations;

namespace Runnel.Server.Configuration;

/// <summary>What one user, one address and one request may take: <c>Limits:*</c>.</summary>
internal sealed class LimitsOptions
{
    [Range(1, 10_000)]
    public int RunningTurnsPerUser { get; set; } = 8;

    [Range(1, 10_000)]
    public int StreamsPerUser { get; set; } = 32;

    /// <summary>Open streams of all users together.</summary>
    [Range(1, 10_000_000)]
    public int Streams { get; set; } = 100_000;

    /// <summary>Text and reasoning of one answer; a longer one ends there.</summary>
    [Range(1, 100_000_000)]
    public int AnswerCharacters { get; set; } = 1_000_000;

    /// <summary>Text and reasoning of all running answers together, which are in memory; beyond it models are read one at a
    /// time.</summary>
    [Range(1, 1_000_000_000)]
    public int RunningAnswerCharacters { get; set; } = 50_000_000;

    [Range(1, 1_000_000)]
    public int MessageCharacters { get; set; } = 32_000;

    [Range(1024, 1_073_741_824)]
    public long BodyBytes { get; set; } = 1_048_576;

    /// <summary>Of an account; of an address, where nobody is signed in.</summary>
    [Range(1, 1_000_000)]
    public int RequestsPerMinute { get; set; } = 600;

    /// <summary>Conversations that one user keeps.</summary>
    [Range(1, 10_000_000)]
    public int Conversations { get; set; } = 10_000;

    /// <summary>Digital humans that one user keeps.</summary>
    [Range(1, 1_000_000)]
    public int DigitalHumans { get; set; } = 1_000;

    /// <summary>Open connections of all clients together, before it is known who they are.</summary>
    [Range(1, 10_000_000)]
    public int Connections { get; set; } = 200_000;

    [Range(1, 100_000)]
    public int FailedLoginsPerMinute { get; set; } = 10;
}
