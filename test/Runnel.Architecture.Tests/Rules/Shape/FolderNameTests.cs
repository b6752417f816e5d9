using Runnel.Architecture.Tests.Source;

namespace Runnel.Architecture.Tests.Rules.Shape;

public sealed class FolderNameTests
{
    private static readonly FolderNameRule rule = new();

    [Fact]
    public void Repository_NamesFoldersWithWordsOfTheProduct() => Expect.Clean(rule, Repository.Tree);

    [Theory]
    [InlineData("Domain")]
    [InlineData("Application")]
    [InlineData("Infrastructure")]
    [InlineData("Shared")]
    [InlineData("Controllers")]
    [InlineData("Utilities")]
    public void Rule_ReportsAFolder_ThatIsALayerOrADrawer(string folder)
    {
        Expect.Clean(rule, SourceTree.Of(("src/Runnel.Server/Turns/A.cs", "")));
        Expect.Reports(
            rule,
            SourceTree.Of(($"src/Runnel.Server/{folder}/A.cs", ""), ($"src/Runnel.Server/{folder}/B.cs", "")),
            $"src/Runnel.Server/{folder}/A.cs:1: {folder} is not a word of the product");
    }
}
