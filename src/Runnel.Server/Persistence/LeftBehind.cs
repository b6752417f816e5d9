using Runnel.Streams.Stores;

namespace Runnel.Server.Persistence;

/// <summary>Claims rows that run by the word of a process which can write nothing any more. Those that were claimed stay here until they
/// are forgotten, should what follows fail at first: nobody else looks for them any more. One caller at a time.</summary>
/// <param name="database">Has them.</param>
/// <param name="store">Says who claims.</param>
/// <param name="table">Has <c>status</c> and <c>incarnation</c>.</param>
/// <param name="key">Its key, which is text.</param>
/// <param name="atOnce">How many at a time: few, so that processes which look at once share what there is.</param>
internal sealed class LeftBehind(IServerDatabase database, IStreamStore store, string table, string key, int atOnce)
{
    private readonly HashSet<string> _claimed = [];

    /// <summary>The keys of some that are this process's now; empty when there are none.</summary>
    public async Task<IReadOnlyCollection<string>> ClaimAsync(CancellationToken cancellationToken)
    {
        if (_claimed.Count == 0)
            _claimed.UnionWith(await database.ClaimAsync(table, key, store.Incarnation, atOnce, cancellationToken));
        return [.. _claimed];
    }

    /// <summary>It has ended, or goes on here.</summary>
    public void Forget(string id) => _claimed.Remove(id);
}
