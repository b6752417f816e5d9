using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Runnel.Server.Accounts.Guarding;
using Runnel.Server.Accounts.Keys;
using Runnel.Server.Auth;
using Runnel.Server.Configuration;
using Runnel.Server.Persistence;

namespace Runnel.Server.Accounts;

/// <summary>Accounts: ASP.NET Core Identity, and endpoints of our own on it.</summary>
internal static class AccountsFeature
{
    public static void AddAccounts(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        // First, since Identity brings its own where there is none.
        services.AddScoped<IPasswordValidator<Account>, PasswordLength>();
        services.AddIdentityCore<Account>(Configure)
            .AddEntityFrameworkStores<RunnelDbContext>();
        services.AddOptions<PasswordHasherOptions>().Configure<IOptions<AuthOptions>>(
            (hasher, auth) => hasher.IterationCount = auth.Value.PasswordIterations);
        services.ConfigureHttpJsonOptions(json =>
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, AccountsJson.Default));
        if (builder.Configuration.GetValue<DatabaseProvider>("Database:Provider") == DatabaseProvider.Postgres)
            services.AddSingleton<ILoginAttempts, SameAttempts>();
        else
            services.AddSingleton<ILoginAttempts, LoginAttempts>();
        services.AddSingleton<NobodysPassword>();
        services.AddSingleton<HashingPlaces>();
        services.AddScoped<Passwords>();
        services.AddScoped<OwnPassword>();
        services.AddScoped<NewAccounts>();
        services.AddSingleton<SignIns>();
    }

    public static void MapAccounts(this IEndpointRouteBuilder routes)
    {
        Register.Map(routes);
        Login.Map(routes);
        Refresh.Map(routes);
        Logout.Map(routes);
        Me.Map(routes);
        Setup.Map(routes);
        var own = routes.MapGroup("").ForOwnerOnly();
        ListSessions.Map(own);
        EndSession.Map(own);
        ChangePassword.Map(own);
        DeleteAccount.Map(own);
        MakeApiKey.Map(own);
        ListApiKeys.Map(own);
        RevokeApiKey.Map(own);
    }

    private static void Configure(IdentityOptions options)
    {
        options.User.RequireUniqueEmail = true;
        // The user name is the e-mail address, which Register has checked.
        options.User.AllowedUserNameCharacters = "";
    }
}
