using Runnel.Server.Tests;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(LongestFirst))]

namespace Runnel.Server.Tests;

/// <summary>Begins with what takes long by nature, so that nothing runs alone at the end while processors are idle.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] Long =
        ["KilledServer", "Cluster.FaultTests", "Browser", "Soak", "KilledDeletion", "StartFailure", "Crash", "Killed", "Fuzz", "Slow"];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(
        IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(Rank).ThenBy(collection => collection.TestCollectionDisplayName, StringComparer.Ordinal)];

    private static int Rank<TTestCollection>(TTestCollection collection)
        where TTestCollection : ITestCollection
    {
        var name = $"{collection.TestCollectionClassName} {collection.TestCollectionDisplayName}";
        var at = Array.FindIndex(Long, word => name.Contains(word, StringComparison.Ordinal));
        return at < 0 ? Long.Length : at;
    }
}
