using Runnel.Server.Knowledge.Spelling;

namespace Runnel.Server.Tests.Knowledge.Spelling;

public class NameKeyTests
{
    [Theory]
    [InlineData("Zhang San", "ZHANG  san ")]
    [InlineData("Zhang San", "Ｚｈａｎｇ　Ｓａｎ")]
    [InlineData("Jean-Luc Picard", "jean luc picard")]
    [InlineData("O'Brien", "O’Brien")]
    [InlineData("O'Brien", "OBRIEN")]
    [InlineData("U.S.A.", "USA")]
    [InlineData("三体", "《三体》")]
    [InlineData("三体", "“三体”")]
    [InlineData("ABC公司", "ＡＢＣ 公司")]
    [InlineData("玛丽·居里", "玛丽居里")]
    [InlineData("北 京", "北京")]
    [InlineData("ハンカク", "ﾊﾝｶｸ")]
    [InlineData("ガラス", "ｶﾞﾗｽ")]
    [InlineData("ガラス", "カ\u3099ラス")]
    [InlineData("José", "Jose\u0301")]
    [InlineData("Việt", "Vie\u0323\u0302t")]
    [InlineData("Việt", "Vie\u0302\u0323t")]
    [InlineData("한국", "\u1112\u1161\u11ab\u1100\u116e\u11a8")]
    [InlineData("ﬁsh", "fish")]
    [InlineData("Straße", "STRASSE")]
    [InlineData("ΟΔΟΣ", "οδος")]
    [InlineData("Ⅳ", "IV")]
    [InlineData("10 ㎏", "10 kg")]
    [InlineData("a\u200bb", "ab")]
    [InlineData("❤️", "❤")]
    [InlineData("𝐁𝐨𝐛", "Bob")]
    [InlineData("_name_", "name")]
    [InlineData("Bob!", "Bob")]
    public void TwoSpellings_AreOneName(string one, string other) => Assert.Equal(NameKey.Of(one), NameKey.Of(other));

    [Theory]
    [InlineData("C", "C++")]
    [InlineData("C", "C#")]
    [InlineData("C++", "C#")]
    [InlineData("R", "R&D")]
    [InlineData("3.5", "35")]
    [InlineData("2026-11-2", "2026-1-12")]
    [InlineData("José", "Jose")]
    [InlineData("Li", "Li Wei")]
    [InlineData("北京", "北京大学")]
    [InlineData("Newark", "New Ark")]
    [InlineData("🍕", "🍔")]
    [InlineData("!", "?")]
    [InlineData("が", "か")]
    [InlineData("👍🏽", "👍")]
    public void TwoNames_AreNotOne(string one, string other) => Assert.NotEqual(NameKey.Of(one), NameKey.Of(other));

    [Theory]
    [InlineData("...")]
    [InlineData("!!!")]
    [InlineData("《》")]
    [InlineData("-")]
    [InlineData("🍕")]
    [InlineData("\u0301")]
    public void ANameOfSignsOnly_HasAKey(string name) => Assert.NotEmpty(NameKey.Of(name));

    [Theory]
    [InlineData("lives in", "livesIn")]
    [InlineData("lives in", "LIVES_IN")]
    [InlineData("lives in", "lives-in")]
    [InlineData("居住在", " 居住在 ")]
    public void ARelation_IsTheSame_HoweverItIsWritten(string one, string other) =>
        Assert.Equal(RelationKey.Of(one), RelationKey.Of(other));

    [Theory]
    [InlineData("31", " 31. ", true)]
    [InlineData("A doctor.", "a  doctor", true)]
    [InlineData("-5", "5", false)]
    [InlineData("31", "32", false)]
    [InlineData("很好。", "很好", true)]
    [InlineData("ｙｅｓ", "Yes", true)]
    public void AValue_IsTheSame_WhateverItsCaseWidthAndSpace(string one, string other, bool same) =>
        Assert.Equal(same, ValueKey.Of(one) == ValueKey.Of(other));

    [Fact]
    public void OfWhatAThingHasOneAtATime_OtherWordsAreTheSameRelation()
    {
        Assert.NotNull(OneAtATime.Of(RelationKey.Of("livesIn")));
        Assert.Equal(OneAtATime.Of(RelationKey.Of("lives in")), OneAtATime.Of(RelationKey.Of("MOVED_TO")));
        Assert.Equal(OneAtATime.Of(RelationKey.Of("lives in")), OneAtATime.Of(RelationKey.Of("居住在")));
        Assert.NotEqual(OneAtATime.Of(RelationKey.Of("lives in")), OneAtATime.Of(RelationKey.Of("born in")));
        Assert.Null(OneAtATime.Of(RelationKey.Of("knows")));
        Assert.Null(OneAtATime.Of(RelationKey.Of("likes")));
    }
}
