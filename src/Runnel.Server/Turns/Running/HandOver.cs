using Microsoft.Extensions.Options;
using Runnel.Server.Configuration;
using Runnel.Streams.Stores;

namespace Runnel.Server.Turns.Running;

/// <summary>Whether a turn that one server cannot finish is started again by another.</summary>
internal sealed class HandOver(IStreamStore store, IOptions<ClusterOptions> options)
{
    /// <summary>Whether a turn that was left is started again.</summary>
    public bool IsWanted => options.Value.UnfinishedTurns == UnfinishedTurns.StartAgain;

    /// <summary>Whether this server, which stops, may leave its turns to others.</summary>
    public bool IsPossible => IsWanted && store is ISharedStore { HasCompany: true };
}
