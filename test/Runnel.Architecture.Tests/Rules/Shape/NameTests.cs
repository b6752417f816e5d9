using Runnel.Architecture.Tests.Source;

namespace Runnel.Architecture.Tests.Rules.Shape;

public sealed class NameTests
{
    private static readonly NameRule rule = new();

    [Fact]
    public void Repository_NamesThingsForWhatTheyAre() => Expect.Clean(rule, Repository.Tree);

    [Theory]
    [InlineData("StreamManager")]
    [InlineData("SseHelper")]
    [InlineData("SseHelpers")]
    [InlineData("TurnService")]
    [InlineData("TurnServices")]
    [InlineData("SseUtils")]
    [InlineData("SseUtil")]
    [InlineData("TurnsCommon")]
    [InlineData("StoreImpl")]
    [InlineData("StreamsExtensions")]
    public void Rule_ReportsAType_WhoseNameSaysNothing(string name)
    {
        const string path = "src/Runnel.Streams/A.cs";
        Expect.Clean(rule, SourceTree.Of((path, $"class A(I{name}Factory factory) {{ class {name}Journal; }}\n")));
        Expect.Reports(
            rule,
            SourceTree.Of((path, $"class A\n{{\n    class {name};\n}}\n")),
            $"{path}:3: {name} does not say what it is");
    }

    [Theory]
    [InlineData("src/Runnel.Server/Turns/TurnHelpers.cs")]
    [InlineData("clients/runnel-client/src/sse-utils.ts")]
    [InlineData("clients/web/src/common.ts")]
    [InlineData("src/Runnel.Server/wwwroot/streamManager.js")]
    [InlineData("test/Runnel.Server.Tests/HostExtensions.cs")]
    public void Rule_ReportsAFile_WhoseNameSaysNothing(string path) =>
        Expect.Reports(
            rule,
            SourceTree.Of((path, "")),
            $"{path}:1: {path[(path.LastIndexOf('/') + 1)..]} does not say what it holds");

    [Theory]
    [InlineData("clients/web/src/uncommon.ts")]
    [InlineData("src/Runnel.Server/Turns/TurnsFeature.cs")]
    [InlineData("docs/Common.md")]
    public void Rule_AcceptsAFile_WhoseNameOnlyLooksAlike(string path) => Expect.Clean(rule, SourceTree.Of((path, "")));
}
