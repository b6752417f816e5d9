namespace Runnel.Server.Training.Running;

/// <summary>A step cannot give what it is for: the round ends.</summary>
internal sealed class RoundException(RoundFailure failure) : Exception(failure.Code)
{
    public RoundFailure Failure { get; } = failure;
}
