using Runnel.Server.Knowledge.Overviews;

namespace Runnel.Server.Tests.Knowledge.Overviews;

public class ThinAreasTests
{
    [Fact]
    public void WhereNothingIsKnown_AllAreasAreThin_ButOther() =>
        Assert.Equal(
            ["person", "organization", "location", "skill", "hobby", "event", "date", "concept"],
            ThinAreas.Of(new Dictionary<string, int>()));

    [Fact]
    public void TheThinnest_ComesFirst_AndWhatIsKnownWellIsNotThere() =>
        Assert.Equal(
            ["skill", "hobby", "event", "date", "concept", "location"],
            ThinAreas.Of(new Dictionary<string, int>
            {
                ["person"] = 5, ["organization"] = 2, ["location"] = 1, ["other"] = 0,
            }));

    [Fact]
    public void AmongMuch_AnAreaIsThin_ThatHasLessThanAQuarterOfTheMean() =>
        Assert.Equal(
            ["date"],
            ThinAreas.Of(new Dictionary<string, int>
            {
                ["person"] = 100, ["organization"] = 100, ["location"] = 100, ["skill"] = 100, ["hobby"] = 100, ["event"] = 100,
                ["date"] = 20, ["concept"] = 100,
            }));
}
