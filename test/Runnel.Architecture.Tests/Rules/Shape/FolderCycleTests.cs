using Runnel.Architecture.Tests.Source;

namespace Runnel.Architecture.Tests.Rules.Shape;

public sealed class FolderCycleTests
{
    private const string journal = "src/Runnel.Streams/Journals/Journal.cs";
    private const string follower = "src/Runnel.Streams/Following/Follower.cs";
    private static readonly FolderCycleRule rule = new();

    private static readonly SourceTree tree = Tree("Runnel.Streams")
        .With(journal, "class Journal;\n")
        .With(follower, "class Follower(Journal journal);\n");

    [Fact]
    public void Repository_HasNoFoldersThatUseEachOther() => Expect.Clean(rule, Repository.Tree);

    [Theory]
    [InlineData("class Journal { Follower? Reader; }")]
    [InlineData("class Journal { List<Follower> Readers = []; }")]
    [InlineData("class Journal { void Wake() => Follower.Wake(); }")]
    [InlineData("class Journal { void Wake() => Following.Follower.Wake(); }")]
    [InlineData("class Journal { object Make() => new Runnel.Streams.Following.Follower(); }")]
    [InlineData("class Journal { bool Is(object o) => o is Follower; }")]
    [InlineData("class Journal : Follower;")]
    [InlineData("using static Runnel.Streams.Following.Follower; class Journal;")]
    public void Rule_ReportsTwoFolders_ThatUseEachOther(string text)
    {
        Expect.Clean(rule, tree);
        Expect.Reports(
            rule,
            tree.With(journal, "\n" + text),
            $"{follower}:1: folders use each other: Following -> Journals (Journal, {follower}:1), "
            + $"Journals -> Following (Follower, {journal}:2)");
    }

    [Theory]
    [InlineData("using Runnel.Streams.Following; class Journal;")]
    [InlineData("class Journal { object Read(Request request) => request.Follower; }")]
    [InlineData("class Journal { object Read(Request request) => request?.Follower; }")]
    [InlineData("class Journal { int Follower { get; } int Next() => Follower + 1; }")]
    [InlineData("class Journal { void M() => Call(new Request { Follower = 1 }, Follower: 2); }")]
    [InlineData("class Journal { class Follower; Follower? mine; }")]
    [InlineData("class Journal<Follower> { Follower? mine; }")]
    [InlineData("/// <see cref=\"Follower\"/>\nclass Journal;")]
    public void Rule_IgnoresNames_ThatAreNoTypes(string text) => Expect.Clean(rule, tree.With(journal, text));

    [Fact]
    public void Rule_ReportsACycle_ThatGoesThroughThreeFolders()
    {
        var three = Tree("Runnel.Providers")
            .With("src/Runnel.Providers/A/First.cs", "class First(Second next);")
            .With("src/Runnel.Providers/B/Deeper/Second.cs", "class Second(Third next);")
            .With("src/Runnel.Providers/C/Third.cs", "class Third;");
        Expect.Clean(rule, three);
        Expect.Reports(
            rule,
            three.With("src/Runnel.Providers/C/Third.cs", "[First] class Third(First next);"),
            "src/Runnel.Providers/A/First.cs:1: folders use each other: A -> B (Second, src/Runnel.Providers/A/First.cs:1), "
            + "B -> C (Third, src/Runnel.Providers/B/Deeper/Second.cs:1), C -> A (First, src/Runnel.Providers/C/Third.cs:1)");
    }

    [Fact]
    public void Rule_ReportsACycle_ThatAnAttributeCloses() =>
        Expect.Reports(
            rule,
            tree.With(journal, "[Replayed] class Journal;")
                .With(follower, "class ReplayedAttribute(Journal journal) : Attribute;"),
            $"{follower}:1: folders use each other: Following -> Journals (Journal, {follower}:1), "
            + $"Journals -> Following (Replayed, {journal}:1)");

    [Fact]
    public void Rule_CountsTheRoot_InALibraryOnly()
    {
        Expect.Clean(rule, ThroughRoot("Runnel.Server"));
        Expect.Reports(
            rule,
            ThroughRoot("Runnel.Streams"),
            "src/Runnel.Streams/Start.cs:1: folders use each other: . -> A (First, src/Runnel.Streams/Start.cs:1), "
            + "A -> . (Start, src/Runnel.Streams/A/First.cs:1)");
    }

    [Fact]
    public void Rule_IgnoresATypeName_ThatTwoFoldersDeclare() =>
        Expect.Clean(
            rule,
            tree.With(journal, "class Journal { Entry? entry; }")
                .With("src/Runnel.Streams/Following/Entry.cs", "class Entry;")
                .With("src/Runnel.Streams/Journals/Entry.cs", "class Entry;"));

    private static SourceTree ThroughRoot(string project) =>
        Tree(project)
            .With($"src/{project}/Start.cs", "class Start(First first);")
            .With($"src/{project}/A/First.cs", "class First { Start? start; }");

    private static SourceTree Tree(string project) => SourceTree.Of(($"src/{project}/{project}.csproj", "<Project />"));
}
