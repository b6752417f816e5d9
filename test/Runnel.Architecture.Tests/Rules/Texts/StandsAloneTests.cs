using Runnel.Architecture.Tests.Source;

namespace Runnel.Architecture.Tests.Rules.Texts;

public sealed class StandsAloneTests
{
    private static readonly StandsAloneRule rule = new();

    [Fact]
    public void Repository_StandsAlone() => Expect.Clean(rule, Repository.Tree);

    [Theory]
    [InlineData("../", "shared")]
    [InlineData("/", "work/")]
    [InlineData("/", "root/")]
    [InlineData("/", "home/ada/")]
    [InlineData("/", "Users/ada/")]
    [InlineData("/", "tmp/wt/")]
    [InlineData("C:", "\\Users\\")]
    public void Rule_ReportsAPlace_OutsideOfTheRepository(string start, string rest)
    {
        Expect.Clean(rule, SourceTree.Of(("README.md", $"first\nsee `docs/{rest}runnel`\n")));
        Expect.Reports(
            rule,
            SourceTree.Of(("README.md", $"first\nsee `{start}{rest}runnel`\n")),
            $"README.md:2: {start}{rest} is outside of the repository");
    }

    [Theory]
    [InlineData("https://example.com/work/")]
    [InlineData("./work/bin")]
    [InlineData("/var/lib/runnel/data")]
    public void Rule_AcceptsAPlace_ThatIsNotOfOneMachine(string place) =>
        Expect.Clean(
            rule,
            SourceTree.Of(("docs/operations/deploy.md", place), ("src/A/packages.lock.json", "/" + "work/")));
}
