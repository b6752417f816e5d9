using Runnel.Architecture.Tests.Source;

namespace Runnel.Architecture.Tests.Rules.Shape;

internal sealed record FolderEdge(string From, string To, string Type, SourceFile File, int Line)
{
    public override string ToString() => $"{From} -> {To} ({Type}, {File.Path}:{Line})";
}
