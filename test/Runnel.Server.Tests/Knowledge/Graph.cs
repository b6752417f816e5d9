using System.Text.Json;
using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Knowledge;

/// <summary>Reads a graph as it was answered.</summary>
internal static class Graph
{
    public static JsonElement Named(this JsonElement graph, string name) =>
        graph.GetProperty("nodes").EnumerateArray().Single(node => node.Text("name") == name);

    public static IReadOnlyList<string> Names(this JsonElement graph) =>
        [.. graph.GetProperty("nodes").EnumerateArray().Select(node => node.Text("name")).Order(StringComparer.Ordinal)];
}
