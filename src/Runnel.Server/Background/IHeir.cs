namespace Runnel.Server.Background;

/// <summary>
/// Takes over what processes left that can write nothing any more: this one's forerunner, when the server starts, and others
/// that share the database, whenever they die, leave or are fenced off.
/// </summary>
internal interface IHeir
{
    /// <summary>Takes over what there is just now. One call at a time; other processes may be at it as well. What fails is
    /// found by the next call.</summary>
    Task TakeOverAsync(CancellationToken cancellationToken);
}
