using Microsoft.AspNetCore.Builder;
using Runnel.Server.Hosting.Start;

namespace Runnel.Server.Tests.Hosting.Start;

public class AddressesTests
{
    [Theory]
    [InlineData("", "http://127.0.0.1:5080")]
    [InlineData("--Urls=http://127.0.0.1:9000", "http://127.0.0.1:9000")]
    [InlineData("--http_ports=8080", null)]
    [InlineData("--Kestrel:Endpoints:Http:Url=http://127.0.0.1:9001", null)]
    public void Server_ListensOnThisMachine_WhenNobodySaysWhere(string argument, string? address)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { Args = [argument] });

        builder.UseDefaultAddress();

        Assert.Equal(address, builder.WebHost.GetSetting("urls"));
    }
}
