using Runnel.Server.Hosting.Wording;
using Runnel.Server.Knowledge.Learning;
using Runnel.Server.Knowledge.Searching;
using Runnel.Server.Tests.Fixtures;
using static Runnel.Server.Tests.Knowledge.Said;

namespace Runnel.Server.Tests.Knowledge.Searching;

public class KnowledgeSearchTests(KnowingServer knowing) : IClassFixture<KnowingServer>
{
    private readonly RunnelServer _server = knowing.Server;

    [Theory]
    [InlineData("Where does Ann live?", "Ann — lives in → 北京")]
    [InlineData("你去过北京吗？", "北京 (location): 首都")]
    [InlineData("京", "北京 (location): 首都")]
    [InlineData("首都在哪里", "北京 (location): 首都")]
    [InlineData("ＡＮＮ！！", "Ann (person): A doctor.; age: 31")]
    [InlineData("any hobbies?", "🍕 (hobby): eating pizzas")]
    [InlineData("有什么爱好", "🍕 (hobby): eating pizzas")]
    [InlineData("🍕🍕🍕", "🍕 (hobby): eating pizzas")]
    [InlineData("pizza", "🍕 (hobby): eating pizzas")]
    [InlineData("Does ann know C++ or C#?", "C++ (skill)")]
    [InlineData("cafe", "Café Müller (organization)")]
    [InlineData("猫", "小猫 (other)")]
    [InlineData("小", "小猫 (other)")]
    [InlineData("我喜欢 Python 吗", "Python编程 (skill)")]
    public async Task WhatHasToDoWithAText_IsFound(string text, string fact)
    {
        var pupil = await KnowingPupilAsync();

        var found = await pupil.FindAsync(text);

        Assert.True(found.Any(known => known.Text == fact), string.Join('\n', found.Select(known => known.Text)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("the and of")]
    [InlineData("\"")]
    [InlineData("*")]
    [InlineData("NEAR(")]
    [InlineData("- : ^ { } + #")]
    [InlineData("tokens: zzz")]
    [InlineData("\" OR \"\" OR rowid:1")]
    [InlineData("🦄")]
    [InlineData("NOT AND OR")]
    [InlineData("zzz*")]
    [InlineData("\u0000\ud800'; drop table knowledge_facts; --")]
    public async Task WhatHasNothingToDoWithIt_IsNotFound_AndNothingInATextIsSyntax(string text)
    {
        var pupil = await KnowingPupilAsync();

        Assert.Empty(await pupil.FindAsync(text));
    }

    [Theory]
    [InlineData("\"Ann\"")]
    [InlineData("ann*")]
    [InlineData("NEAR(ann)")]
    [InlineData("-ann")]
    [InlineData("tokens:ann")]
    [InlineData("ann\" OR \"")]
    [InlineData("(((ann")]
    [InlineData("zzz AND ann")]
    [InlineData("NOT ann")]
    public async Task WhateverSignsStandAroundAWord_ItIsFound(string text)
    {
        var pupil = await KnowingPupilAsync();

        Assert.Contains(await pupil.FindAsync(text), fact => fact.Name == "Ann");
    }

    [Fact]
    public async Task WhatFitsBest_ComesFirst_AndEachOnce()
    {
        var pupil = await KnowingPupilAsync();

        var found = await pupil.FindAsync("Ann, the doctor of 31 who lives in 北京");

        Assert.Equal("Ann", found.First(fact => fact.Kind == KnowledgeKind.Node).Name);
        Assert.Equal("Ann — lives in → 北京", found.First(fact => fact.Kind == KnowledgeKind.Edge).Name);
        Assert.Distinct(found.Select(fact => fact.Id));
        Assert.All(found, fact => Assert.Equal("m1", fact.MessageId));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(16)]
    [InlineData(40)]
    [InlineData(100)]
    [InlineData(2_000)]
    public async Task WhatIsFound_FitsTheBudget(int tokens)
    {
        var pupil = await KnowingPupilAsync();

        var found = await pupil.FindAsync("Ann 北京 pizza Python hobby 首都", tokens);

        Assert.True(found.Sum(fact => TokenEstimate.Of(fact.Text) + KnowledgeSearch.TokensAround) <= tokens);
        Assert.Equal(tokens > 30, found.Count > 0);
    }

    [Fact]
    public async Task WhoeverAsksForARelation_IsToldOfWhomItLeadsTo_AndNotOfAllElse()
    {
        var pupil = await Pupil.NewAsync(_server);
        await pupil.LearnAsync("m1", All(
            Person("User"), Person("Anna", "A doctor."), Thing("Lisbon", EntityType.Location, "by the sea"),
            Thing("chess", EntityType.Hobby), Thing("Acme", EntityType.Organization))
            .With(Relation("User", "has the sister", "Anna"), Relation("Anna", "moved to", "Lisbon"),
                Relation("User", "likes", "chess"), Relation("User", "works at", "Acme")));

        var found = (await pupil.FindAsync("Tell me about my sister.")).Select(fact => fact.Text).ToList();

        Assert.Equal("User — has the sister → Anna", found[0]);
        Assert.Equal(
            ["Anna (person): A doctor.", "Anna — moved to → Lisbon", "Lisbon (location): by the sea", "User (person)"],
            found.Skip(1).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task WhatIsSuperseded_IsMarked()
    {
        var pupil = await KnowingPupilAsync();
        await pupil.LearnAsync("m2", All(Person("Ann", null, ("age", "32")), Thing("Rome", EntityType.Location))
            .With(Relation("Ann", "moved to", "Rome")));

        var found = (await pupil.FindAsync("Where does Ann live?")).Select(fact => fact.Text).ToList();

        Assert.Contains("Ann (person): A doctor.; age: 32 (before: 31)", found);
        Assert.Contains("Ann — moved to → Rome", found);
        Assert.Contains("Ann — lives in → 北京 (no longer so)", found);
    }

    [Fact]
    public async Task AMessageAsLongAsMessagesMayBe_IsSearchedFor()
    {
        var pupil = await KnowingPupilAsync();
        var filler = string.Concat(Enumerable.Range(0, 4_000).Select(number => $"w{number} "));

        Assert.Contains(await pupil.FindAsync(filler + "Ann"), fact => fact.Name == "Ann");
        Assert.Contains(await pupil.FindAsync("北京" + filler), fact => fact.Name == "北京");
        Assert.Contains(await pupil.FindAsync(new string('x', 20_000) + " Ann " + new string('y', 2_000)), fact => fact.Name == "Ann");
    }

    private async Task<Pupil> KnowingPupilAsync()
    {
        var pupil = await Pupil.NewAsync(_server);
        await pupil.LearnAsync("m1", All(
            Person("Ann", "A doctor.", ("age", "31")), Thing("北京", EntityType.Location, "首都"),
            Thing("🍕", EntityType.Hobby, "eating pizzas"),
            Thing("C++", EntityType.Skill), Thing("C", EntityType.Skill), Thing("Café Müller", EntityType.Organization),
            Thing("小猫", EntityType.Other), Thing("Python编程", EntityType.Skill))
            .With(Relation("Ann", "lives in", "北京"), Relation("Ann", "likes", "🍕")));
        return pupil;
    }
}
