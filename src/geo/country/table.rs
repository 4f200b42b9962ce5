//! The data of [`super`]: ISO 3166-1 codes and English names. Generated from the npm package
//! `i18n-iso-countries` (MIT), with the spellings that vendors use added.

/// Alpha-3 code followed by its alpha-2 code, five bytes each, sorted.
pub(super) const ALPHA3: &str = "ABWAWAFGAFAGOAOAIAAIALAAXALBALANDADAREAEARGARARMAMASMASATAAQATFTFATGAGAUSAUAUTATAZEAZBDIBI\
     BELBEBENBJBESBQBFABFBGDBDBGRBGBHRBHBHSBSBIHBABLMBLBLRBYBLZBZBMUBMBOLBOBRABRBRBBBBRNBNBTNBT\
     BVTBVBWABWCAFCFCANCACCKCCCHECHCHLCLCHNCNCIVCICMRCMCODCDCOGCGCOKCKCOLCOCOMKMCPVCVCRICRCUBCU\
     CUWCWCXRCXCYMKYCYPCYCZECZDEUDEDJIDJDMADMDNKDKDOMDODZADZECUECEGYEGERIERESHEHESPESESTEEETHET\
     FINFIFJIFJFLKFKFRAFRFROFOFSMFMGABGAGBRGBGEOGEGGYGGGHAGHGIBGIGINGNGLPGPGMBGMGNBGWGNQGQGRCGR\
     GRDGDGRLGLGTMGTGUFGFGUMGUGUYGYHKGHKHMDHMHNDHNHRVHRHTIHTHUNHUIDNIDIMNIMINDINIOTIOIRLIEIRNIR\
     IRQIQISLISISRILITAITJAMJMJEYJEJORJOJPNJPKAZKZKENKEKGZKGKHMKHKIRKIKNAKNKORKRKWTKWLAOLALBNLB\
     LBRLRLBYLYLCALCLIELILKALKLSOLSLTULTLUXLULVALVMACMOMAFMFMARMAMCOMCMDAMDMDGMGMDVMVMEXMXMHLMH\
     MKDMKMLIMLMLTMTMMRMMMNEMEMNGMNMNPMPMOZMZMRTMRMSRMSMTQMQMUSMUMWIMWMYSMYMYTYTNAMNANCLNCNERNE\
     NFKNFNGANGNICNINIUNUNLDNLNORNONPLNPNRUNRNZLNZOMNOMPAKPKPANPAPCNPNPERPEPHLPHPLWPWPNGPGPOLPL\
     PRIPRPRKKPPRTPTPRYPYPSEPSPYFPFQATQAREUREROURORUSRURWARWSAUSASDNSDSENSNSGPSGSGSGSSHNSHSJMSJ\
     SLBSBSLESLSLVSVSMRSMSOMSOSPMPMSRBRSSSDSSSTPSTSURSRSVKSKSVNSISWESESWZSZSXMSXSYCSCSYRSYTCATC\
     TCDTDTGOTGTHATHTJKTJTKLTKTKMTMTLSTLTONTOTTOTTTUNTNTURTRTUVTVTWNTWTZATZUGAUGUKRUAUMIUMURYUY\
     USAUSUZBUZVATVAVCTVCVENVEVGBVGVIRVIVNMVNVUTVUWLFWFWSMWSXKKXKXKXXKYEMYEZAFZAZMBZMZWEZW";

/// Folded English name followed by its alpha-2 code, sorted; each entry ends with a space.
pub(super) const NAMES: &str = "afghanistanAF alandAX alandislandsAX albaniaAL algeriaDZ americaUS americansamoaAS \
     andorraAD angolaAO anguillaAI antarcticaAQ antiguaAG antiguabarbudaAG argentinaAR armeniaAM \
     arubaAW australiaAU austriaAT azerbaijanAZ bahamasBS bahrainBH bangladeshBD barbadosBB \
     belarusBY belgiumBE belizeBZ beninBJ bermudaBM bhutanBT bolivarianrepublicvenezuelaVE \
     boliviaBO boliviaplurinationalstateBO bonaireBQ bonairesinteustatiussabaBQ bosniaBA \
     bosniaherzegovinaBA botswanaBW bouvetislandBV brazilBR britainGB \
     britishindianoceanterritoryIO britishvirginislandsVG bruneiBN bruneidarussalamBN bulgariaBG \
     burkinafasoBF burmaMM burundiBI byelarusBY caboverdeCV cambodiaKH cameroonCM canadaCA \
     capeverdeCV carCF caribbeannetherlandsBQ caymanislandsKY centralafricanrepublicCF chadTD \
     chileCL chinaCN chinahongkongHK chinamacaoMO chinesetaipeiTW christmasislandCX \
     cocosislandsCC cocoskeelingislandsCC colombiaCO comorosKM congoCG congobrazzavilleCG \
     congodemocraticrepublicCD congodrCD congokinshasaCD congorepublicCG cookislandsCK \
     costaricaCR cotedivoireCI croatiaHR cubaCU curacaoCW cyprusCY czechiaCZ czechrepCZ \
     czechrepublicCZ democraticpeoplesrepublickoreaKP democraticrepubliccongoCD denmarkDK \
     djiboutiDJ dominicaDM dominicanrepDO dominicanrepublicDO dprkKP drcCD drcongoCD easttimorTL \
     ecuadorEC egyptEG eireIE elsalvadorSV englandGB equatorialguineaGQ eritreaER estoniaEE \
     eswatiniSZ ethiopiaET faeroeislandsFO falklandislandsFK falklandislandsmalvinasFK \
     falklandsFK faroeislandsFO faroesFO federatedstatesmicronesiaFM fijiFJ finlandFI franceFR \
     frenchguianaGF frenchpolynesiaPF frenchsouthernantarcticlandsTF frenchsouthernterritoriesTF \
     fyromMK gabonGA gambiaGM georgiaGE germanyDE ghanaGH gibraltarGI greatbritainGB greeceGR \
     greenlandGL grenadaGD guadeloupeGP guadeloupefrenchGP guamGU guatemalaGT guernseyGG \
     guineaGN guineabissauGW guyanaGY guyaneGF haitiHT heardislandmcdonaldislandsHM \
     heardmcdonaldislandsHM hollandNL holyseeVA holyseevaticancitystateVA hondurasHN hongkongHK \
     hongkongchinaHK hongkongsarHK hongkongsarchinaHK hungaryHU icelandIS indiaIN indonesiaID \
     iranIR iranislamicrepublicIR iraqIQ irelandIE islamicrepubliciranIR islemanIM israelIL \
     italyIT ivorycoastCI jamaicaJM japanJP jerseyJE jordanJO kazakhstanKZ kenyaKE kiribatiKI \
     koreaKR koreademocraticpeoplesrepublicKP koreanorthKP korearepublicKR koreasouthKR kosovoXK \
     kuwaitKW kyrgyzrepublicKG kyrgyzstanKG laoLA laopdrLA laopeoplesdemocraticrepublicLA laosLA \
     lareunionRE latviaLV lebanonLB lesothoLS liberiaLR libyaLY libyanarabjamahiriyaLY \
     liechtensteinLI lithuaniaLT luxembourgLU macaoMO macaochinaMO macaosarMO macaosarchinaMO \
     macauMO macausarMO macedoniaMK macedoniaformeryugoslavrepublicMK madagascarMG malawiMW \
     malaysiaMY maldivesMV maliML maltaMT manisleIM marshallislandsMH martiniqueMQ mauritaniaMR \
     mauritiusMU mayotteYT mexicoMX micronesiaFM micronesiafederatedstatesFM moldovaMD \
     moldovarepublicMD monacoMC mongoliaMN montenegroME montserratMS moroccoMA mozambiqueMZ \
     myanmarMM myanmarburmaMM namibiaNA nauruNR nepalNP netherlandsNL netherlandskingdomNL \
     newcaledoniaNC newzealandNZ nicaraguaNI nigerNE nigeriaNG niueNU norfolkislandNF \
     northernirelandGB northernmarianaislandsMP northkoreaKP northmacedoniaMK norwayNO \
     occupiedpalestinianterritoryPS omanOM pakistanPK palauPW palestinePS palestinestatePS \
     palestinianterritoriesPS palestinianterritoryPS palestinianterritoryoccupiedPS panamaPA \
     papuanewguineaPG paraguayPY peoplesrepublicchinaCN peruPE philippinesPH pitcairnPN \
     pitcairnislandsPN plurinationalstateboliviaBO polandPL portugalPT puertoricoPR qatarQA \
     republiccongoCG republicgambiaGM republicirelandIE republickoreaKR republickosovoXK \
     republicmoldovaMD republicnorthmacedoniaMK republicserbiaRS republicyemenYE reunionRE \
     reunionislandRE romaniaRO russiaRU russianfedRU russianfederationRU rwandaRW \
     saintbarthelemyBL saintbartsBL sainthelenaSH sainthelenaascensiontristandacunhaSH \
     saintkittsKN saintkittsnevisKN saintluciaLC saintmaartenSX saintmartinMF \
     saintmartinfrenchpartMF saintpierremiquelonPM saintvincentVC saintvincentgrenadinesVC \
     samoaWS sanmarinoSM saotomeST saotomeprincipeST saudiarabiaSA scotlandGB senegalSN serbiaRS \
     seychellesSC sierraleoneSL singaporeSG sintmaartenSX sintmaartendutchpartSX slovakiaSK \
     slovakrepublicSK sloveniaSI solomonislandsSB somaliaSO southafricaZA \
     southgeorgiasouthsandwichislandsGS southkoreaKR southsudanSS spainES srilankaLK \
     statelibyaLY statepalestinePS sudanSD surinameSR svalbardSJ svalbardjanmayenSJ swazilandSZ \
     swedenSE switzerlandCH syriaSY syrianarabrepublicSY taiwanTW taiwanchinaTW \
     taiwanprovincechinaTW tajikistanTJ tanzaniaTZ tanzaniaunitedrepublicTZ thailandTH \
     timorlesteTL togoTG tokelauTK tongaTO trinidadTT trinidadtobagoTT tunisiaTN turkeyTR \
     turkiyeTR turkmenistanTM turkscaicosTC turkscaicosislandsTC tuvaluTV uaeAE ugandaUG ukGB \
     ukraineUA unitedarabemiratesAE unitedkingdomGB unitedkingdomgreatbritainnorthernirelandGB \
     unitedrepublictanzaniaTZ unitedstatesUS unitedstatesamericaUS \
     unitedstatesminoroutlyingislandsUM unitedstatesusaUS unitedstatesvirginislandsVI uruguayUY \
     usUS usaUS usminoroutlyingislandsUM usoutlyingislandsUM usvirginislandsVI uzbekistanUZ \
     vanuatuVU vaticanVA vaticancityVA vaticancitystateVA venezuelaVE \
     venezuelabolivarianrepublicVE vietnamVN virginislandsbritishVG virginislandsusVI walesGB \
     wallisfutunaWF westernsaharaEH yemenYE zaireCD zambiaZM zimbabweZW ";
